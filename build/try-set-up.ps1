# Tries the set-up that npm run dist made, on a Windows machine that may be changed: installs it without a window, looks
# at what is there, reads the fuses back, starts both programs, installs it again over itself, removes it.
$ErrorActionPreference = 'Stop'

function Assert([bool] $Holds, [string] $What) {
    if (-not $Holds) { throw "not as it should be: $What" }
    Write-Output "ok: $What"
}

function Invoke-Program([string] $Program, [string[]] $Arguments, [int] $Code = 0) {
    $ended = Start-Process -FilePath $Program -ArgumentList $Arguments -Wait -PassThru
    Assert ($ended.ExitCode -eq $Code) "$Program $Arguments ends with $Code"
}

function Get-MachinePath {
    $key = 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager\Environment'
    (Get-Item $key).GetValue('Path', '', 'DoNotExpandEnvironmentNames')
}

$version = (Get-Content package.json -Raw | ConvertFrom-Json).version
$setup = Join-Path $PWD "dist\MIM-Mail-Assistant-Setup-$version.exe"
$folder = Join-Path $env:ProgramFiles 'MIM Mail Assistant'
$program = Join-Path $folder 'MIM Mail Assistant.exe'
$commandLine = Join-Path $folder 'command-line\mim-mail.exe'
$uninstaller = Join-Path $folder 'Uninstall MIM Mail Assistant.exe'
$startMenu = Join-Path $env:ProgramData 'Microsoft\Windows\Start Menu\Programs\MIM Mail Assistant.lnk'
$desktop = Join-Path $env:PUBLIC 'Desktop\MIM Mail Assistant.lnk'
$journal = Join-Path $env:ProgramData 'MIM Mail Assistant\journal'
$pathBefore = Get-MachinePath

Invoke-Program $setup @('/S', '--add-to-path', '--desktop-shortcut')
foreach ($file in @($program, $commandLine, $uninstaller, $startMenu, $desktop)) {
    Assert (Test-Path -LiteralPath $file) "$file is there"
}
Assert (-not (Test-Path -LiteralPath (Join-Path $folder 'resources\elevate.exe'))) 'no helper of others is left in it'
$rights = (Get-Acl -LiteralPath (Split-Path $journal)).Sddl
Assert ($rights -match '^O:BA' -and $rights -match 'D:P') 'the folder of the journals is for administrators, and inherits nothing'
Assert ((Get-MachinePath) -eq "$pathBefore;$folder\command-line") 'mim-mail is on PATH, and PATH is what it was before that'

# Nobody but administrators changes the program: parts of it run elevated.
$writers = (Get-Acl -LiteralPath $folder).Access | Where-Object {
    $_.AccessControlType -eq 'Allow' -and
    ($_.FileSystemRights -band [Security.AccessControl.FileSystemRights]'WriteData, AppendData, Delete') -and
    $_.IdentityReference.Translate([Security.Principal.SecurityIdentifier]).Value -in @('S-1-5-32-545', 'S-1-1-0', 'S-1-5-11')
}
Assert ($null -eq $writers) 'users cannot write to the program'

& node build\read-fuses.mjs $program
Assert ($LASTEXITCODE -eq 0) 'the fuses are as they should be'
if ($env:AZURE_SIGNING_ENDPOINT -or $env:WIN_CSC_LINK) {
    foreach ($file in @($setup, $program, $commandLine, $uninstaller)) {
        Assert ((Get-AuthenticodeSignature -LiteralPath $file).Status -eq 'Valid') "$file is signed"
    }
}

# The command line prints to the console it was called from, and NODE_OPTIONS does not reach into it.
$env:MIM_MAIL_HOME = Join-Path $env:TEMP "mim-mail-try-$PID"
$env:NODE_OPTIONS = '--require=C:\no\such\file.js'
$said = & $commandLine --version
Assert ($LASTEXITCODE -eq 0 -and $said -eq $version) 'mim-mail says its version'
$said = & $commandLine check --server practice --json | Out-String | ConvertFrom-Json
Assert ($said.steps.Count -eq 10) 'mim-mail checks the practice server'
$seen = if ($env:MIM_MAIL_PICTURES) { $env:MIM_MAIL_PICTURES } else { Join-Path $env:TEMP "mim-mail-seen-$PID" }
New-Item -ItemType Directory -Force $seen | Out-Null
& $commandLine collect --server live --out (Join-Path $seen 'live.json') --force
Assert ($LASTEXITCODE -eq 0) 'mim-mail looks at this computer'
$env:NODE_OPTIONS = $null

# The window opens, shows its overview and ten steps, and closes: the test of Electron's own runtime, on the installed program.
$env:MIM_MAIL_INSTALLED = $program
& npx vitest run --root . --project windows test/windows/electron.real.test.ts
Assert ($LASTEXITCODE -eq 0) 'the installed window opens'

# A later set-up keeps what was chosen.
Invoke-Program $setup @('/S')
Assert ((Get-MachinePath) -eq "$pathBefore;$folder\command-line") 'the later set-up keeps PATH'
Assert (Test-Path -LiteralPath $desktop) 'the later set-up keeps the shortcut'

New-Item -ItemType Directory -Force $journal | Out-Null
Set-Content -LiteralPath (Join-Path $journal 'try.journal') -Value 'what undo needs'
$log = Join-Path $env:ProgramData 'MIM Mail Assistant\logs\try.log'
New-Item -ItemType Directory -Force (Split-Path $log) | Out-Null
Set-Content -LiteralPath $log -Value 'how it went'
# The uninstaller works in a copy of itself: it is over when the last file is gone.
Start-Process -FilePath $uninstaller -ArgumentList '/S', '--delete-logs' -Wait
for ($second = 0; ((Test-Path -LiteralPath $program) -or (Test-Path -LiteralPath $log)) -and $second -lt 60; $second++) { Start-Sleep 1 }
foreach ($file in @($program, $commandLine, $startMenu, $desktop)) {
    Assert (-not (Test-Path -LiteralPath $file)) "$file is gone"
}
Assert ((Get-MachinePath) -eq $pathBefore) 'PATH is as it was'
Assert (Test-Path -LiteralPath (Join-Path $journal 'try.journal')) 'the journals are kept'
Assert (-not (Test-Path -LiteralPath $log)) 'the logs are gone when that is asked for'
Remove-Item -LiteralPath (Join-Path $journal 'try.journal')
