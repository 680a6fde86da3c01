# Stands for Windows' whoami.exe, which cannot list groups on Wine: tells the integrity level of whoever starts it, medium
# unless the stand-in for elevation said otherwise.
Unicode true
Target amd64-unicode
SilentInstall silent
RequestExecutionLevel user
OutFile "${OUTPUT}"
Section
  ReadEnvStr $0 STAND_IN_LEVEL
  StrCpy $1 "8192"
  StrCmp $0 "high" 0 +2
  StrCpy $1 "12288"
  StrCpy $2 '"Mandatory Label","Label","S-1-16-$1","Mandatory group"$\r$\n'
  StrLen $3 $2
  System::Call 'kernel32::GetStdHandle(i -11) p .r4'
  System::Call 'kernel32::WriteFile(p r4, m r2, i r3, *i .r5, p 0)'
SectionEnd
