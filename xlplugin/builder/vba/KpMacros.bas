Attribute VB_Name = "KpMacros"
Option Explicit
' The macros behind the ribbon's buttons. Each hands its key to Python and says in one message what came of it.

#If Mac Then
#ElseIf VBA7 Then
Private Declare PtrSafe Function MessageBoxW Lib "user32" (ByVal hWnd As LongPtr, ByVal lpText As LongPtr, _
    ByVal lpCaption As LongPtr, ByVal uType As Long) As Long
#Else
Private Declare Function MessageBoxW Lib "user32" (ByVal hWnd As Long, ByVal lpText As Long, _
    ByVal lpCaption As Long, ByVal uType As Long) As Long
#End If

Private Const MACRO_MODULE As String = "xlplugin.addin.macros"
Private Const FAILURE As String = "ERR:"

Private mRunning As Boolean

Public Sub KpBulletin()
    RunInPython "bulletin"
End Sub

Public Sub KpCheck()
    RunInPython "check"
End Sub

Public Sub KpRefresh()
    RunInPython "refresh"
End Sub

Public Sub KpWord()
    RunInPython "word"
End Sub

Public Sub KpAdopt()
    RunInPython "adopt"
End Sub

Public Sub KpArchive()
    RunInPython "archive"
End Sub

Public Sub KpDoctor()
    RunInPython "doctor"
End Sub

' Workbook_Open comes before the window is shown; starting Python waits until Excel is idle.
Public Sub KpOpenSoon()
    On Error GoTo AtOnce
    Application.OnTime Now, "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!KpWake"
    Exit Sub
AtOnce:
    KpOpened
End Sub

Public Sub KpWake()
    KpOpened
End Sub

' The status bar says what is being done and is given back in every case; then one message.
Private Sub RunInPython(ByVal key As String)
    Dim result As Variant
    Dim message As String
    Dim good As Boolean
    Dim alive As Boolean
    Dim reached As Boolean

    If mRunning Then Exit Sub
    mRunning = True
    On Error GoTo Failed
    KpForgive
    KpHold True
    Application.StatusBar = KpText("BUSY_" & UCase$(key), "KP: working ...")
    alive = KpReach()
    If alive Then reached = KpAsk(MACRO_MODULE, "kp_macro", Array(key), result, True)
    good = reached
    If reached Then
        message = CStr(result)
        If Left$(message, Len(FAILURE)) = FAILURE Then
            good = False
            message = Mid$(message, Len(FAILURE) + 1)
        End If
    ElseIf alive Then
        message = KpText("BROKEN", "Python stopped in the middle. Please look at the workbook before trying again.")
    Else
        message = KpText("NO_PYTHON", "Python cannot be reached. Please run: kp doctor") & vbCrLf & KpWhy()
    End If
    GoTo Finally
Failed:
    good = False
    message = KpText("NO_PYTHON", "Python cannot be reached. Please run: kp doctor") & vbCrLf & Err.Description
    Resume Finally
Finally:
    On Error Resume Next
    KpHold False
    Application.StatusBar = False
    mRunning = False
    If reached Then KpTouched
    If message <> "" Then Tell message, good
End Sub

' MsgBox cannot show Chinese where Windows' own language is another; MessageBoxW can everywhere. A program that has switched
' alerts off (a test, another macro) reads the message in the status bar.
Private Sub Tell(ByVal message As String, ByVal good As Boolean)
    Dim title As String
    Dim style As Long

    If Not Application.DisplayAlerts Then
        KpSay message
        Exit Sub
    End If
    title = KpText("CATEGORY", "KP")
    If good Then
        style = vbInformation
    Else
        style = vbExclamation
    End If
    #If Mac Then
        MsgBox message, style, title
    #Else
        MessageBoxW Application.Hwnd, StrPtr(message), StrPtr(title), style
    #End If
End Sub
