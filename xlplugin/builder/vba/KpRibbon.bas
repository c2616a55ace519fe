Attribute VB_Name = "KpRibbon"
Option Explicit
' What the buttons of the ribbon's tab call (customUI/customUI.xml); the work is in KpMacros.

Public Sub KpOnBulletin(control As IRibbonControl)
    KpBulletin
End Sub

Public Sub KpOnCheck(control As IRibbonControl)
    KpCheck
End Sub

Public Sub KpOnRefresh(control As IRibbonControl)
    KpRefresh
End Sub

Public Sub KpOnWord(control As IRibbonControl)
    KpWord
End Sub

Public Sub KpOnAdopt(control As IRibbonControl)
    KpAdopt
End Sub

Public Sub KpOnArchive(control As IRibbonControl)
    KpArchive
End Sub

Public Sub KpOnDoctor(control As IRibbonControl)
    KpDoctor
End Sub
