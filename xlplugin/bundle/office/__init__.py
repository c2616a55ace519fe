"""What runs inside LibreOffice: in `重点工程.oxt` this folder is the Python package `kp_office`.

Whatever Python LibreOffice brings runs it (3.7 and later), with nothing but `uno` and the standard library. It reads and
writes the open document and asks a worker process (`addin.office`), run by the Python in which xlplugin is installed.
"""
