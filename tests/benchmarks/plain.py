"""The ten-line script that an office's own programmer would write: load with pandas and openpyxl, and save."""

import sys

import openpyxl
import pandas as pd

frames = pd.read_excel(sys.argv[1], sheet_name=None, engine="openpyxl")
workbook = openpyxl.load_workbook(sys.argv[1])
workbook.save(sys.argv[2])
