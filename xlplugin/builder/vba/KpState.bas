Attribute VB_Name = "KpState"
Option Explicit
Option Private Module
' When the ledger has changed.
'
' Excel tracks a function's arguments only. KP_X(project) names no ledger, so it is volatile: Excel calls it at every
' calculation, and a stamp tells Python whether anything is new. KP_X(project, ledger) is tracked: Excel calls it when the
' ledger's cells change, but before it says so in Workbook_SheetChange; so the first call of a calculation compares the
' range with what was there before. Both end in the same stamp, hence in the same values.
'
' The stamp goes up
'   - at opening, and after a macro;
'   - when a cell of an input sheet is changed (Workbook_SheetChange);
'   - when a formula of an input sheet gives something else (Workbook_SheetCalculate);
'   - when a tracked range holds something else than before.
' It begins with the time, so that it never repeats when VBA is reset while Python goes on.

Private Const STALE_AFTER As Double = 0.5       ' seconds: a calculation that ends without an event ends so

Private mEpoch As String
Private mCount As Long
Private mSources As Collection      ' of KpSource, by place
Private mInside As Boolean      ' an event of ours is at work
Private mVolatile As Boolean    ' the form without a ledger is in use

' The key and the stamp of a source; Nothing is the workbook's own ledger.
Public Sub KpIdentify(ByVal source As Range, ByRef key As String, ByRef stamp As String)
    Dim found As KpSource

    If source Is Nothing Then
        mVolatile = True
        key = ""
        stamp = Epoch() & "." & mCount
        Exit Sub
    End If
    Set found = Watched(source)
    key = found.Key
    stamp = Epoch() & "." & mCount
    If key <> "" Then stamp = stamp & "." & found.Changes
End Sub

Private Function Epoch() As String
    If mEpoch = "" Then mEpoch = Format$(Now, "yyyymmddhhnnss") & Format$(Timer * 1000, "0")
    Epoch = mEpoch
End Function

' A range as it is watched, compared with what it held before.
Private Function Watched(ByVal source As Range) As KpSource
    Dim place As String

    place = source.Address(External:=True)
    Set Watched = Remembered(place)
    If Watched.Fresh And Abs(Timer - Watched.ComparedAt) < STALE_AFTER Then Exit Function
    Watched.Key = KeyOf(source, place)
    If Watched.HasChanged(source) And Watched.Key = "" Then mCount = mCount + 1
End Function

Private Sub Compare(ByVal source As Range)
    If Watched(source).Fresh Then Exit Sub
End Sub

Private Function Remembered(ByVal place As String) As KpSource
    If mSources Is Nothing Then Set mSources = New Collection
    On Error Resume Next
    Set Remembered = mSources(place)
    On Error GoTo 0
    If Remembered Is Nothing Then
        Set Remembered = New KpSource
        Remembered.Place = place
        Remembered.Key = place
        mSources.Add Remembered, place
    End If
End Function

' The whole table of the own ledger is the own ledger: both forms then share one reading.
Private Function KeyOf(ByVal source As Range, ByVal place As String) As String
    Dim whole As Range

    KeyOf = place
    Set whole = OwnTable()
    If Not whole Is Nothing Then
        If whole.Address(External:=True) = place Then KeyOf = ""
    End If
    Set whole = Named("KP_SAMPLE")
    If Not whole Is Nothing Then
        If whole.Address(External:=True) = place Then KeyOf = "KP_SAMPLE"
    End If
End Function

Private Function OwnTable() As Range
    Dim anchor As Range

    On Error Resume Next
    Set anchor = Named(FirstInput())
    If anchor Is Nothing Then Exit Function
    Set OwnTable = anchor.ListObject.Range
End Function

Private Function FirstInput() As String
    FirstInput = Split(KP_INPUT_NAMES, ",")(0)
End Function

' The range behind a defined name; Nothing where the name or its sheet is gone.
Public Function Named(ByVal definedName As String) As Range
    On Error Resume Next
    Set Named = ThisWorkbook.Names(definedName).RefersToRange
End Function

' What Python needs to read a source: the defined names of the input sheets, and their values from A1 on.
' A workbook that has lost the name of its ledger hands over every sheet under its own name; so are those handed over that
' a workbook need not have (how the office reads and sorts, the months that were kept), where it has them.
Public Sub KpInputs(ByVal key As String, ByVal source As Range, ByRef names As Variant, ByRef grids As Variant)
    Dim listed() As String
    Dim more() As String
    Dim found() As Variant
    Dim values() As Variant
    Dim anchor As Range
    Dim other As Worksheet
    Dim at As Long
    Dim first As Long

    listed = Split(KP_INPUT_NAMES, ",")
    more = Split(KpText("MORE", ""), ",")
    first = UBound(listed) + 1
    If key = "" And Named(listed(0)) Is Nothing Then
        EverySheet names, grids
        Exit Sub
    End If
    ReDim found(0 To first + UBound(more))
    ReDim values(0 To first + UBound(more))
    For at = 0 To UBound(listed)
        found(at) = listed(at)
        If at = 0 And key <> "" Then
            values(at) = KpValues(source)
        Else
            Set anchor = Named(listed(at))
            If Not anchor Is Nothing Then values(at) = FromTop(Filled(anchor))
        End If
    Next at
    For at = 0 To UBound(more)
        found(first + at) = "=" & more(at)
        Set other = Titled(more(at))
        If Not other Is Nothing Then values(first + at) = FromTop(other.UsedRange)
    Next at
    names = found
    grids = values
End Sub

' The sheet of a name; Nothing where there is none.
Private Function Titled(ByVal title As String) As Worksheet
    On Error Resume Next
    Set Titled = ThisWorkbook.Worksheets(title)
End Function

Private Sub EverySheet(ByRef names As Variant, ByRef grids As Variant)
    Dim found() As Variant
    Dim values() As Variant
    Dim at As Long

    ReDim found(0 To ThisWorkbook.Worksheets.Count - 1)
    ReDim values(0 To ThisWorkbook.Worksheets.Count - 1)
    For at = 0 To ThisWorkbook.Worksheets.Count - 1
        found(at) = "=" & ThisWorkbook.Worksheets(at + 1).Name
        values(at) = FromTop(ThisWorkbook.Worksheets(at + 1).UsedRange)
    Next at
    names = found
    grids = values
End Sub

' The values from A1 to an area's last cell.
Private Function FromTop(ByVal area As Range) As Variant
    With area
        FromTop = KpValues(.Worksheet.Range(.Worksheet.Cells(1, 1), .Cells(.Rows.Count, .Columns.Count)))
    End With
End Function

' What a sheet's table takes up: beside it may stand the very formula that asks. Without a table, all that is used.
Private Function Filled(ByVal anchor As Range) As Range
    Set Filled = anchor.Worksheet.UsedRange
    On Error Resume Next
    Set Filled = anchor.ListObject.Range
End Function

' ------------------------------------------------------------------ events

' A workbook has been opened: Python gets its chance, and every KP_ cell asks anew. Where there is no Python nothing is
' calculated: the cells keep the values that the file came with.
Public Sub KpOpened()
    KpForgive
    If KpReach() Then KpTouched
End Sub

' Something outside the cells has changed (opening, a macro): every KP_ cell of this workbook is calculated.
Public Sub KpTouched()
    mCount = mCount + 1
    Unfresh
    Recalculate True
End Sub

Public Sub KpChanged(ByVal sheet As Object, ByVal target As Range)
    Dim number As Long

    Unfresh
    number = InputNumber(sheet)
    If mInside Or number < 0 Then Exit Sub
    If InTrackedTable(target) Then
        Compare OwnTable()
        Unfresh
    Else
        mCount = mCount + 1
    End If
    Recalculate number > 0
End Sub

' Whether a change is inside the own table and the tracked form watches that: then it has been compared already, or is
' now, and nothing is read twice.
Private Function InTrackedTable(ByVal target As Range) As Boolean
    Dim whole As Range
    Dim common As Range
    Dim one As KpSource

    If mSources Is Nothing Then Exit Function
    Set whole = OwnTable()
    If whole Is Nothing Then Exit Function
    If Not whole.Worksheet Is target.Worksheet Then Exit Function
    For Each one In mSources
        If one.Place = whole.Address(External:=True) Then
            Set common = Application.Intersect(whole, target)
            If Not common Is Nothing Then InTrackedTable = (common.Address = target.Address)
        End If
    Next one
End Function

' A sheet has been calculated. Formulas on an input sheet may give something else now, and volatile cells may have asked
' before they did: then once more.
Public Sub KpCalculated(ByVal sheet As Object)
    Dim number As Long

    Unfresh
    number = InputNumber(sheet)
    If mInside Or number < 0 Then Exit Sub
    If Not HasFormulas(sheet) Then Exit Sub
    If Remembered("=" & sheet.Name).HasChanged(sheet.UsedRange) Then
        mCount = mCount + 1
        Recalculate number > 0
    End If
End Sub

Private Function HasFormulas(ByVal sheet As Object) As Boolean
    Dim answer As Variant

    answer = sheet.UsedRange.HasFormula
    If IsNull(answer) Then
        HasFormulas = True
    Else
        HasFormulas = answer
    End If
End Function

' Which input sheet this is: 0 the ledger, above it another, -1 none.
Private Function InputNumber(ByVal sheet As Object) As Long
    Dim listed() As String
    Dim anchor As Range
    Dim at As Long

    InputNumber = -1
    If TypeName(sheet) <> "Worksheet" Then Exit Function
    listed = Split(KP_INPUT_NAMES, ",")
    For at = 0 To UBound(listed)
        Set anchor = Named(listed(at))
        If Not anchor Is Nothing Then
            If anchor.Worksheet.Name = sheet.Name Then
                InputNumber = at
                Exit Function
            End If
        End If
    Next at
    If InStr("," & KpText("MORE", "") & ",", "," & sheet.Name & ",") > 0 Then InputNumber = UBound(listed) + 1
End Function

Private Sub Unfresh()
    Dim one As KpSource

    If mSources Is Nothing Then Exit Sub
    For Each one In mSources
        one.Fresh = False
    Next one
End Sub

' Calculate again what depends on the stamp, unless the clerk calculates by hand. The ledger's own changes reach tracked
' cells by themselves, only volatile ones are left; for anything else every cell of this workbook is calculated: switching
' a sheet's calculation off and on makes Excel do so, for this workbook alone.
Private Sub Recalculate(ByVal everything As Boolean)
    Dim sheet As Worksheet

    If mInside Or Application.Calculation = xlCalculationManual Then Exit Sub
    mInside = True
    On Error GoTo Done
    If everything Then
        For Each sheet In ThisWorkbook.Worksheets
            sheet.EnableCalculation = False
            sheet.EnableCalculation = True
        Next sheet
        Application.Calculate
    ElseIf mVolatile Then
        Application.Calculate
    End If
Done:
    mInside = False
End Sub
