"""Hosts: who holds a workbook. Memory, a clerk's file, an open openpyxl workbook, Excel; each is a `book.Book`."""
