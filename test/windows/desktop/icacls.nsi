# Stands for Windows' icacls.exe, which Wine has not: notes what it was asked for. Rights are not Wine's to give.
Unicode true
Target amd64-unicode
SilentInstall silent
RequestExecutionLevel user
OutFile "${OUTPUT}"
!include FileFunc.nsh
Section
  ${GetParameters} $0
  FileOpen $1 "C:\stand-in\icacls.txt" a
  FileSeek $1 0 END
  FileWriteUTF16LE $1 "$0$\r$\n"
  FileClose $1
SectionEnd
