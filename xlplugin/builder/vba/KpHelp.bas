Attribute VB_Name = "KpHelp"
Option Explicit
Option Private Module
' What the function wizard says of each function: read from the table KP_HELP, so that no Python is needed.

Private Const LONGEST As Long = 255

' One row a function: name, help, then one column an argument.
Public Sub KpRegisterHelp()
    Dim table As Variant
    Dim texts() As Variant
    Dim category As String
    Dim prefix As String
    Dim wasSaved As Boolean
    Dim row As Long
    Dim column As Long
    Dim count As Long

    On Error GoTo Quiet
    wasSaved = ThisWorkbook.Saved
    table = Named("KP_HELP").Value
    category = KpText("CATEGORY", "KP")
    prefix = "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!"
    On Error Resume Next
    For row = LBound(table, 1) To UBound(table, 1)
        count = 0
        For column = 3 To UBound(table, 2)
            If CStr(table(row, column)) <> "" Then count = column - 2
        Next column
        If count > 0 Then
            ReDim texts(0 To count - 1)
            For column = 0 To count - 1
                texts(column) = Left$(CStr(table(row, column + 3)), LONGEST)
            Next column
            Application.MacroOptions Macro:=prefix & CStr(table(row, 1)), _
                Description:=Left$(CStr(table(row, 2)), LONGEST), Category:=category, ArgumentDescriptions:=texts
        End If
    Next row
    ThisWorkbook.Saved = wasSaved
Quiet:
End Sub
