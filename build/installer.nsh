# What the set-up does beside copying files: asks for a shortcut on the desktop and for mim-mail on PATH, and keeps the
# journals when the program is removed. Without a window the same is said on the command line:
#
#   MIM-Mail-Assistant-Setup-<version>.exe /S [--desktop-shortcut] [--add-to-path]
#   "Uninstall MIM Mail Assistant.exe" /S [--delete-journals] [--delete-logs]
#
# A later set-up without a window keeps what was chosen before.

!include "LogicLib.nsh"
!include "FileFunc.nsh"
!include "WinMessages.nsh"
!include "nsDialogs.nsh"

!define MIM_CHOICES "Software\MIM Mail Assistant\Setup"
!define MIM_ENVIRONMENT "SYSTEM\CurrentControlSet\Control\Session Manager\Environment"
# HKEY_LOCAL_MACHINE, with its sign as Windows has it in 64 bits as well.
!define MIM_HKLM -2147483646
# KEY_QUERY_VALUE and KEY_SET_VALUE, in the 64-bit view.
!define MIM_ACCESS 0x0103
# PATH may be this long, in characters; one that would be longer is left as it is.
!define MIM_PATH_LIMIT 32000

!ifndef BUILD_UNINSTALLER
  Var mimDesktop
  Var mimPath
  Var mimDesktopBox
  Var mimPathBox
!endif

# Puts a folder on the machine's PATH, or takes it off. PATH never becomes a text of this installer, because those are cut
# off at a length PATH may exceed: it is read into memory, changed there and written back with the type it had.
# WHAT is add or remove. Addresses are compared as texts and added in 64 bits, which every NSIS 3 can.
!macro mimChangePath WHAT FOLDER
  Push $R0
  Push $R1
  Push $R2
  Push $R3
  Push $R4
  Push $R5
  System::Call 'advapi32::RegOpenKeyExW(p ${MIM_HKLM}, w "${MIM_ENVIRONMENT}", i 0, i ${MIM_ACCESS}, *p .R3) i .R0'
  ${If} $R0 = 0
    System::Alloc 131072
    Pop $R1
    System::Alloc 131072
    Pop $R5
    System::Call 'advapi32::RegQueryValueExW(p R3, w "Path", p 0, *i .R2, p R1, *i 65534) i .R0'
    ${If} $R0 = 0
    ${AndIf} $R1 != "0"
    ${AndIf} $R5 != "0"
      # Between separators the folder can only be found as a whole.
      System::Call 'kernel32::lstrcpyW(p R5, w ";")'
      System::Call 'kernel32::lstrcatW(p R5, p R1)'
      System::Call 'kernel32::lstrcatW(p R5, w ";")'
      System::Call 'shlwapi::StrStrIW(p R5, w ";${FOLDER};") p .R4'
      !if "${WHAT}" == "add"
        System::Call 'kernel32::lstrlenW(p R1) i .R0'
        ${If} $R4 == "0"
        ${AndIf} $R0 < ${MIM_PATH_LIMIT}
          System::Call 'kernel32::lstrcatW(p R1, w ";${FOLDER}")'
          System::Call 'kernel32::lstrlenW(p R1) i .R0'
          IntOp $R0 $R0 + 1
          IntOp $R0 $R0 * 2
          System::Call 'advapi32::RegSetValueExW(p R3, w "Path", i 0, i R2, p R1, i R0) i .R0'
          SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=5000
        ${EndIf}
      !else
        ${If} $R4 != "0"
          # Everything behind the folder moves to its place; the separators that were put around the whole go again.
          StrLen $R0 ";${FOLDER}"
          IntOp $R0 $R0 * 2
          System::Int64Op $R4 + $R0
          Pop $R0
          System::Call 'kernel32::lstrcpyW(p R1, p R0)'
          System::Call 'kernel32::lstrcpyW(p R4, p R1)'
          System::Call 'kernel32::lstrlenW(p R5) i .R0'
          IntOp $R0 $R0 - 1
          IntOp $R0 $R0 * 2
          System::Int64Op $R5 + $R0
          Pop $R4
          System::Call '*$R4(&i2 0)'
          System::Int64Op $R5 + 2
          Pop $R4
          System::Call 'kernel32::lstrlenW(p R4) i .R0'
          IntOp $R0 $R0 + 1
          IntOp $R0 $R0 * 2
          System::Call 'advapi32::RegSetValueExW(p R3, w "Path", i 0, i R2, p R4, i R0) i .R0'
          SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=5000
        ${EndIf}
      !endif
    ${EndIf}
    System::Free $R1
    System::Free $R5
    System::Call 'advapi32::RegCloseKey(p R3)'
  ${EndIf}
  Pop $R5
  Pop $R4
  Pop $R3
  Pop $R2
  Pop $R1
  Pop $R0
!macroend

# One choice: what was chosen before, else DEFAULT for a person and 0 without one; FLAG on the command line says yes.
!macro mimChoice VARIABLE NAME FLAG DEFAULT
  ReadRegStr ${VARIABLE} HKLM "${MIM_CHOICES}" "${NAME}"
  ${If} ${VARIABLE} == ""
    ${If} ${Silent}
      StrCpy ${VARIABLE} "0"
    ${Else}
      StrCpy ${VARIABLE} "${DEFAULT}"
    ${EndIf}
  ${EndIf}
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "${FLAG}" $R1
  ${IfNot} ${Errors}
    StrCpy ${VARIABLE} "1"
  ${EndIf}
  ClearErrors
!macroend

# Neither the window nor the command line starts on an older Windows. Only Windows 10 and Server 2016 and later have this
# number.
!macro mimRefuseOldWindows
  ClearErrors
  ReadRegDWORD $R0 HKLM "SOFTWARE\Microsoft\Windows NT\CurrentVersion" "CurrentMajorVersionNumber"
  ${If} ${Errors}
  ${OrIf} $R0 < 10
    MessageBox MB_OK|MB_ICONSTOP "MIM Mail Assistant needs Windows Server 2016 or later.$\r$\n$\r$\nAn older server can be recorded with collect.ps1, and its recording opened on another computer. Nothing was installed." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
!macroend

!macro customInit
  !insertmacro mimRefuseOldWindows
  !insertmacro mimChoice $mimDesktop "DesktopShortcut" "--desktop-shortcut" "1"
  !insertmacro mimChoice $mimPath "AddToPath" "--add-to-path" "0"
!macroend

!macro customPageAfterChangeDir
  Page custom mimOptionsPage mimOptionsLeave

  Function mimOptionsPage
    !insertmacro MUI_HEADER_TEXT "Options" "Choose what else the set-up does."
    nsDialogs::Create 1018
    Pop $R0
    ${NSD_CreateCheckbox} 0 10u 100% 12u "Put a &shortcut on the desktop, for everyone"
    Pop $mimDesktopBox
    ${NSD_SetState} $mimDesktopBox $mimDesktop
    ${NSD_CreateCheckbox} 0 34u 100% 12u "Put the command line mim-mail on the &PATH of this computer"
    Pop $mimPathBox
    ${NSD_SetState} $mimPathBox $mimPath
    ${NSD_CreateLabel} 12u 48u 95% 30u "It looks at the server without a window, for scripts and for Server Core. Consoles that are open do not know it before they are opened again."
    Pop $R0
    nsDialogs::Show
  FunctionEnd

  Function mimOptionsLeave
    ${NSD_GetState} $mimDesktopBox $mimDesktop
    ${NSD_GetState} $mimPathBox $mimPath
  FunctionEnd
!macroend

!macro customInstall
  # A helper of updates, which this program has none of; it is no part of ours, and its licence is not listed.
  Delete "$INSTDIR\resources\elevate.exe"
  WriteRegStr HKLM "${MIM_CHOICES}" "DesktopShortcut" $mimDesktop
  WriteRegStr HKLM "${MIM_CHOICES}" "AddToPath" $mimPath
  ${If} $mimDesktop == "1"
    CreateShortCut "$newDesktopLink" "$appExe" "" "$appExe" 0
  ${Else}
    Delete "$newDesktopLink"
  ${EndIf}
  ${If} $mimPath == "1"
    !insertmacro mimChangePath add "$INSTDIR\command-line"
  ${Else}
    !insertmacro mimChangePath remove "$INSTDIR\command-line"
  ${EndIf}
  # Journals say what an undo puts back: only administrators may write where they lie. A folder that is there already is
  # left as it is: closing it would make what others put into it look like ours, and the program looks at its rights itself.
  SetShellVarContext all
  ${IfNot} ${FileExists} "$APPDATA\MIM Mail Assistant\*.*"
    CreateDirectory "$APPDATA\MIM Mail Assistant"
    nsExec::Exec '"$SYSDIR\icacls.exe" "$APPDATA\MIM Mail Assistant" /inheritance:r /grant:r *S-1-5-32-544:(OI)(CI)F *S-1-5-18:(OI)(CI)F *S-1-5-32-545:(OI)(CI)RX /Q'
    Pop $R0
    nsExec::Exec '"$SYSDIR\icacls.exe" "$APPDATA\MIM Mail Assistant" /setowner *S-1-5-32-544 /Q'
    Pop $R0
  ${EndIf}
  ClearErrors
!macroend

# Deletes a folder of what was kept, where FLAG or a person says so. Without either it stays.
!macro mimKeep FOLDER FLAG QUESTION
  ${If} ${FileExists} "$APPDATA\MIM Mail Assistant\${FOLDER}\*.*"
    StrCpy $R1 "0"
    ${GetParameters} $R0
    ClearErrors
    ${GetOptions} $R0 "${FLAG}" $R2
    ${IfNot} ${Errors}
      StrCpy $R1 "1"
    ${ElseIfNot} ${Silent}
      MessageBox MB_YESNO|MB_ICONQUESTION "${QUESTION}" IDYES +2
      StrCpy $R1 "1"
    ${EndIf}
    ${If} $R1 == "1"
      RMDir /r "$APPDATA\MIM Mail Assistant\${FOLDER}"
    ${EndIf}
  ${EndIf}
!macroend

!macro customUnInstall
  # A later set-up runs this one before it installs itself: then everything that was chosen stays.
  ${IfNot} ${isUpdated}
    !insertmacro mimChangePath remove "$INSTDIR\command-line"
    Delete "$newDesktopLink"
    DeleteRegKey HKLM "${MIM_CHOICES}"
    DeleteRegKey /ifempty HKLM "Software\MIM Mail Assistant"

    # Journals are what undo needs, and the installer's logs tell how it went: both outlive the program unless someone
    # says otherwise.
    SetShellVarContext all
    !insertmacro mimKeep "journal" "--delete-journals" "Keep the journals of the changes that were made on this server?$\r$\n$\r$\nWithout them the changes cannot be undone by this program any more."
    !insertmacro mimKeep "logs" "--delete-logs" "Keep the logs of the installer's runs?$\r$\n$\r$\nA log may hold what was typed into the installer."
    RMDir "$APPDATA\MIM Mail Assistant"
    ClearErrors
  ${EndIf}
!macroend
