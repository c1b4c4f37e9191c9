; Setup for one user, no administrator rights. For many computers: XingzhiZhijian-setup.exe /S [/D=folder]
; Defined by build.py: VERSION NUMBERS FOLDER OUT
Unicode true
Target amd64-unicode
ManifestDPIAware true
!include "MUI2.nsh"
!define SHOWN "刑执智检"
!define PROGRAM "XingzhiZhijian"
!define LISTED "Software\Microsoft\Windows\CurrentVersion\Uninstall\${PROGRAM}"

Name "${SHOWN}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${PROGRAM}"
InstallDirRegKey HKCU "${LISTED}" "InstallLocation"
RequestExecutionLevel user
SetCompressor /SOLID lzma

VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=2052 "ProductName" "${SHOWN}"
VIAddVersionKey /LANG=2052 "FileDescription" "${SHOWN} 安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT License"

!define MUI_ICON "..\resources\icons\app.ico"
!define MUI_UNICON "..\resources\icons\app.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}.exe"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开${SHOWN}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; Fails while the program runs: Windows does not let a running program be replaced.
!macro STOP_IF_RUNNING
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\${PROGRAM}.exe" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "${SHOWN}正在运行。请先关闭它，再重新运行本程序。" /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

Section
  !insertmacro STOP_IF_RUNNING
  RMDir /r "$INSTDIR\_internal" ; what an older version left
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}/*"
  CreateShortcut "$SMPROGRAMS\${SHOWN}.lnk" "$INSTDIR\${PROGRAM}.exe"
  CreateShortcut "$DESKTOP\${SHOWN}.lnk" "$INSTDIR\${PROGRAM}.exe"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "${LISTED}" "DisplayName" "${SHOWN}"
  WriteRegStr HKCU "${LISTED}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${LISTED}" "DisplayIcon" "$INSTDIR\${PROGRAM}.exe"
  WriteRegStr HKCU "${LISTED}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${LISTED}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${LISTED}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${LISTED}" "NoModify" 1
  WriteRegDWORD HKCU "${LISTED}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  !insertmacro STOP_IF_RUNNING
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${PROGRAM}.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; stays when somebody keeps files of his own there
  Delete "$SMPROGRAMS\${SHOWN}.lnk"
  Delete "$DESKTOP\${SHOWN}.lnk"
  DeleteRegKey HKCU "${LISTED}"
  MessageBox MB_OK|MB_ICONINFORMATION "${SHOWN}已卸载。$\r$\n您的数据没有删除，仍在：$\r$\n$LOCALAPPDATA\${SHOWN}$\r$\n办理的文书仍在“文档”里的“${SHOWN}”文件夹。" /SD IDOK
SectionEnd
