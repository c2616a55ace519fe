"""The clerk's desk: what this machine is (`machine`, `windows`, `xlwings_conf`), what the doctor says of it, how it is set up."""
