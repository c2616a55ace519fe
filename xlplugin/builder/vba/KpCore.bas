Attribute VB_Name = "KpCore"
Option Explicit
Option Private Module
' How a worksheet function gets its answer from Python.
'
' Python never calls back into Excel while Excel calculates: everything it needs is handed over as plain values. A cell
' asks (function, arguments, place): the place is workbook, source and stamp. Python keeps the answers of one ledger by
' place; an unknown one is answered "#KP:LOAD", then the sheets' values are handed over once and the cell asks again.
' So a ledger is parsed once a change, not once a cell.
'
' Without Python every cell keeps its value, and the status bar says once that figures are not live.

Public Const KP_MODULE As String = "xlplugin.addin.udfs"
Private Const MARK As String = "#KP:"

Private mPython As Object       ' the Python process, once it has answered
Private mDown As Boolean        ' it could not be started: not tried again before the next opening or a successful macro
Private mWhy As String          ' what Windows said then, for KpDoctor
Private mHeld As Boolean        ' a macro is running in Python: cells wait
Private mSaid As String         ' what stands in the status bar because of us
Private mLast As Collection     ' the last answers, by the address of their cells

' The value of one cell's formula. The wrappers in KpFunctions call this and nothing else.
Public Function KpAnswer(ByVal functionName As String, ByVal given As Variant, Optional ByVal ledger As Variant) As Variant
    Dim source As Range
    Dim key As String
    Dim stamp As String
    Dim place As String
    Dim asked As Variant
    Dim result As Variant
    Dim at As Long

    On Error GoTo Failed
    For at = LBound(given) To UBound(given)
        If IsError(given(at)) Then
            KpAnswer = given(at)
            Exit Function
        End If
    Next at
    If Not IsMissing(ledger) Then
        If TypeName(ledger) <> "Range" Then     ' asked first: IsError would fetch all of a range's values
            KpAnswer = CVErr(xlErrValue)
            If IsError(ledger) Then KpAnswer = ledger
            Exit Function
        End If
        Set source = ledger
    End If
    If Not KpReady() Then
        KpAnswer = KpLast()
        Exit Function
    End If

    KpIdentify source, key, stamp
    place = ThisWorkbook.FullName & vbLf & key & vbLf & stamp
    asked = WithPlace(given, place)
    If KpAsk(KP_MODULE, functionName, asked, result) Then
        If IsMark(result, "LOAD") Then
            If Handed(key, place, source) Then
                If KpAsk(KP_MODULE, functionName, asked, result) Then
                    KpAnswer = Remembered(KpReal(result))
                    Exit Function
                End If
            End If
        Else
            KpAnswer = Remembered(KpReal(result))
            Exit Function
        End If
    End If
Failed:
    KpAnswer = KpLast()
End Function

' An argument as a plain value: a range gives its values (not beyond what its sheet holds), a missing one is Empty.
Public Function KpPlain(Optional ByVal given As Variant) As Variant
    Dim area As Range
    Dim last As Long

    If IsMissing(given) Then
        KpPlain = Empty
    ElseIf TypeName(given) = "Range" Then
        Set area = given
        If area.Areas.Count > 1 Then
            KpPlain = CVErr(xlErrValue)
            Exit Function
        End If
        If area.Rows.Count > 1 Then
            With area.Worksheet.UsedRange
                last = .Row + .Rows.Count - area.Row
            End With
            If last < 1 Then last = 1
            If area.Rows.Count > last Then Set area = area.Resize(last)
        End If
        KpPlain = KpValues(area)
    Else
        KpPlain = given
    End If
End Function

' A range's values, dates as dates; of a currency cell the whole number, of which Value gives four decimals.
Public Function KpValues(ByVal area As Range) As Variant
    Dim values As Variant
    Dim exact As Variant
    Dim row As Long
    Dim column As Long

    values = area.Value
    If Not IsArray(values) Then
        If VarType(values) = vbCurrency Then values = area.Value2
        KpValues = values
        Exit Function
    End If
    For row = 1 To UBound(values, 1)
        For column = 1 To UBound(values, 2)
            If VarType(values(row, column)) = vbCurrency Then
                If IsEmpty(exact) Then exact = area.Value2
                values(row, column) = exact(row, column)
            End If
        Next column
    Next row
    KpValues = values
End Function

' Ask Python; False where it is not in reach. A process that died meanwhile is started once more, but what changes a
' workbook (withBook) is not asked for twice: nobody knows how far it got.
Public Function KpAsk(ByVal moduleName As String, ByVal functionName As String, ByVal given As Variant, _
                      ByRef result As Variant, Optional ByVal withBook As Boolean = False) As Boolean
    Dim started As Boolean

    On Error GoTo Failed
Again:
    If mPython Is Nothing Then
        started = True
        Start
    End If
    If withBook Then
        result = mPython.CallUDF(moduleName, functionName, given, ThisWorkbook)
    Else
        result = mPython.CallUDF(moduleName, functionName, given)
    End If
    KpAsk = True
    Exit Function
Failed:
    mWhy = Err.Description
    Set mPython = Nothing
    If Not started And Not withBook Then Resume Again
    GiveUp
End Function

' Whether Python is there and answers; it is started where it is not.
Public Function KpReach() As Boolean
    Dim answer As Variant

    KpReach = KpAsk(KP_MODULE, "KP_PING", Array(""), answer)
End Function

Private Sub Start()
    KpSay KpText("STARTING", "KP: starting Python ...")
    Set mPython = XLPy()
    KpUnsay
End Sub

Private Sub GiveUp()
    Set mPython = Nothing
    mDown = True
    KpSay KpText("OFFLINE", "KP: Python cannot be reached. The figures are those of the last calculation.")
End Sub

' Whether Python may be asked now: not while a macro runs, not after it failed, not started from the function wizard.
' While a workbook is being opened Excel looks as in the wizard: cells then keep their values until Workbook_Open.
Private Function KpReady() As Boolean
    If mHeld Or mDown Then Exit Function
    If mPython Is Nothing Then
        KpReady = Not InWizard()
    Else
        KpReady = True
    End If
End Function

Private Function InWizard() As Boolean
    On Error Resume Next
    InWizard = Not Application.CommandBars("Standard").Controls(1).Enabled
End Function

' Hand a ledger over. True where Python has taken it, whether it could make sense of it or not.
Private Function Handed(ByVal key As String, ByVal place As String, ByVal source As Range) As Boolean
    Dim names As Variant
    Dim grids As Variant
    Dim reason As Variant

    KpInputs key, source, names, grids
    If KpAsk(KP_MODULE, "KP_LOAD", Array(place, names, grids), reason) Then
        Handed = True
        If CStr(reason) = "" Then
            KpUnsay
        Else
            KpSay CStr(reason)
        End If
    End If
End Function

Private Function WithPlace(ByVal given As Variant, ByVal place As String) As Variant
    Dim all() As Variant
    Dim at As Long
    Dim count As Long

    count = UBound(given) - LBound(given) + 1
    ReDim all(0 To count)
    For at = 0 To count - 1
        all(at) = given(LBound(given) + at)
    Next at
    all(count) = place
    WithPlace = all
End Function

Private Function IsMark(ByVal value As Variant, ByVal word As String) As Boolean
    If VarType(value) = vbString Then IsMark = (value = MARK & word)
End Function

' Marks become real Excel errors, inside arrays, too.
Private Function KpReal(ByVal result As Variant) As Variant
    Dim row As Long
    Dim column As Long

    If Not IsArray(result) Then
        KpReal = RealOne(result)
        Exit Function
    End If
    If Dimensions(result) = 1 Then
        For column = LBound(result) To UBound(result)
            result(column) = RealOne(result(column))
        Next column
    Else
        For row = LBound(result, 1) To UBound(result, 1)
            For column = LBound(result, 2) To UBound(result, 2)
                result(row, column) = RealOne(result(row, column))
            Next column
        Next row
    End If
    KpReal = result
End Function

Private Function RealOne(ByVal value As Variant) As Variant
    RealOne = value
    If VarType(value) <> vbString Then Exit Function
    If Left$(value, Len(MARK)) <> MARK Then Exit Function
    Select Case Mid$(value, Len(MARK) + 1)
        Case "VALUE"
            RealOne = CVErr(xlErrValue)
        Case "N/A", "LOAD"
            RealOne = CVErr(xlErrNA)
        Case Else
            RealOne = CVErr(CLng(Val(Mid$(value, Len(MARK) + 4))))
    End Select
End Function

Private Function Dimensions(ByVal value As Variant) As Long
    Dimensions = 1
    On Error GoTo OneOnly
    If UBound(value, 2) >= LBound(value, 2) Then Dimensions = 2
OneOnly:
End Function

' The value that the calling cell had: the last answer, as it was. Where there is none (the workbook has just been opened)
' what the cell shows is taken, if that is all of it: a number is shown rounded, or as ####, and then it is not available.
' (Range.Value of the own cell would be a circular reference; Range.Text is none.)
Public Function KpLast() As Variant
    Dim area As Range
    Dim values() As Variant
    Dim row As Long
    Dim column As Long

    KpLast = ""
    On Error GoTo Failed
    If TypeName(Application.Caller) <> "Range" Then Exit Function
    If Recalled(KpLast) Then Exit Function
    Set area = Spilled(Application.Caller)
    If area.Rows.Count = 1 And area.Columns.Count = 1 Then
        KpLast = Shown(area)
        Exit Function
    End If
    ReDim values(1 To area.Rows.Count, 1 To area.Columns.Count)
    For row = 1 To area.Rows.Count
        For column = 1 To area.Columns.Count
            values(row, column) = Shown(area.Cells(row, column))
        Next column
    Next row
    KpLast = values
Failed:
End Function

' An answer on its way into the calling cell, kept by the cell's address.
Private Function Remembered(ByVal value As Variant) As Variant
    Dim place As String

    Remembered = value
    On Error Resume Next
    If TypeName(Application.Caller) <> "Range" Then Exit Function
    If mLast Is Nothing Then Set mLast = New Collection
    place = Application.Caller.Address(External:=True)
    mLast.Remove place
    mLast.Add Array(value), place
End Function

Private Function Recalled(ByRef value As Variant) As Boolean
    Dim kept As Variant

    On Error GoTo Unknown
    If mLast Is Nothing Then Exit Function
    kept = mLast(Application.Caller.Address(External:=True))
    value = kept(0)
    Recalled = True
Unknown:
End Function

' Excel before 2019 knows no HasSpill: asked of an Object, it fails when it runs and not when it is compiled.
Private Function Spilled(ByVal area As Object) As Range
    Set Spilled = area
    On Error Resume Next
    If area.HasSpill Then Set Spilled = area.SpillingToRange
End Function

Private Function Shown(ByVal cell As Range) As Variant
    Dim text As String

    text = cell.Text
    Shown = text
    Select Case text
        Case ""
        Case "TRUE"
            Shown = True
        Case "FALSE"
            Shown = False
        Case "#VALUE!"
            Shown = CVErr(xlErrValue)
        Case Else
            If Left$(text, 1) = "#" Or IsNumeric(Replace(text, "%", "")) Then Shown = CVErr(xlErrNA)
    End Select
End Function

' While a macro works in Python cells keep their values; after it they are asked anew.
Public Sub KpHold(ByVal held As Boolean)
    mHeld = held
End Sub

' A new chance for Python: at opening, and when a macro has got through to it.
Public Sub KpForgive()
    mDown = False
    mWhy = ""
End Sub

Public Function KpWhy() As String
    KpWhy = mWhy
End Function

Public Sub KpSay(ByVal text As String)
    On Error Resume Next
    mSaid = text
    Application.StatusBar = text
End Sub

Public Sub KpUnsay()
    On Error Resume Next
    If mSaid <> "" Then Application.StatusBar = False
    mSaid = ""
End Sub

' A Chinese text from the table KP_TEXTS (VBA source holds ASCII only); the English one where the table is gone.
Public Function KpText(ByVal key As String, ByVal otherwise As String) As String
    Dim table As Variant
    Dim row As Long

    KpText = otherwise
    On Error GoTo Failed
    table = ThisWorkbook.Names("KP_TEXTS").RefersToRange.Value
    For row = LBound(table, 1) To UBound(table, 1)
        If table(row, 1) = key Then KpText = CStr(table(row, 2))
    Next row
Failed:
End Function
