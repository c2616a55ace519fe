"""The parts of an .xlsx file, edited byte by byte, so that nothing which is not understood can be lost."""
