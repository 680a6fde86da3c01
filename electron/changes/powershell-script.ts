/** One value a script sets: where, and what shall stand there. Data is always a REG_DWORD of the catalogue. */
export interface ScriptValue {
  readonly key: string;
  readonly name: string;
  readonly data: number;
}

export interface ScriptInput {
  readonly values: readonly ScriptValue[];
  /** What the script is for, one line for its header. */
  readonly title: string;
  /** When it was made, and by which version of the product. */
  readonly createdAt: Date;
  readonly version: string;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** HKLM as PowerShell's registry provider writes it. */
const providerPath = (key: string): string => `Registry::${key.replace(/^HKLM\\/, "HKEY_LOCAL_MACHINE\\")}`;

/**
 * One script for Windows PowerShell 4.0 (Windows Server 2012 R2) and later that sets the values: creates what is missing, changes only what differs, can
 * be run twice, knows -WhatIf and -Confirm, and writes its own undo script first. Its last line says what was done, or
 * with -WhatIf what would be. ASCII only; to be saved with a byte-order mark.
 */
export function powershellScript({ values, title, createdAt, version }: ScriptInput): string {
  const rows = values
    .map(
      ({ key, name, data }) => `    @{ Path = ${quoted(providerPath(key))}; Name = ${quoted(name)}; Data = ${data} }`,
    )
    .join("\n");
  return ascii(`#Requires -Version 4.0
#Requires -RunAsAdministrator
<#
.SYNOPSIS
    ${title}
.DESCRIPTION
    Made by MIM Mail Assistant ${version} on ${createdAt.toISOString()}.
    Sets ${values.length} registry values (REG_DWORD). Only what differs is changed; running it twice does no harm.
    Before the first change it writes a script that puts everything back, and stops when it cannot.
    Restart Windows afterwards, or at the least the service FIMService.
.PARAMETER UndoFolder
    The folder for the undo script. Default: the folder of this script.
.EXAMPLE
    powershell.exe -NoProfile -ExecutionPolicy Bypass -File .\\tls.ps1 -WhatIf
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
param(
    [string] $UndoFolder = $PSScriptRoot
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

if (-not [Environment]::Is64BitProcess) {
    throw 'Run this in the 64-bit Windows PowerShell: the 32-bit one writes to other keys.'
}

$wanted = @(
${rows}
)

# Gives the type and data of a value, or $null when it is not there.
function Get-StoredValue {
    param([string] $Path, [string] $Name)
    # A key that is closed is not one that is missing: that stops the script.
    try { $key = Get-Item -LiteralPath $Path }
    catch [System.Management.Automation.ItemNotFoundException] { return $null }
    if (@($key.GetValueNames()) -notcontains $Name) { return $null }
    return @{
        Kind = $key.GetValueKind($Name)
        Data = $key.GetValue($Name, $null, [Microsoft.Win32.RegistryValueOptions]::DoNotExpandEnvironmentNames)
    }
}

# A text as PowerShell source: in ASCII, and nothing in it ends the string. PowerShell takes five characters for an
# apostrophe.
function ConvertTo-Quoted {
    param([string] $Text)
    if ($Text -match '\\A[ -&(-~]*\\z') { return "'$Text'" }
    $plain = [regex]::Replace($Text, '[^ -&(-\\[\\]-~]', { '\\u{0:x4}' -f [int] [char] $args[0].Value })
    return "([regex]::Unescape('$plain'))"
}

# A value as PowerShell source, whatever its type.
function ConvertTo-Source {
    param($Data)
    if ($Data -is [byte[]]) { return '([byte[]] @(' + ($Data -join ', ') + '))' }
    if ($Data -is [string[]]) {
        return '([string[]] @(' + (@($Data | ForEach-Object { ConvertTo-Quoted $_ }) -join ', ') + '))'
    }
    if ($Data -is [string]) { return ConvertTo-Quoted $Data }
    return [string] $Data
}

# Whether the undo script can write a value as it was found: of the rarer types PowerShell tells no data.
function Test-Restorable {
    param($Found)
    if ($null -eq $Found) { return $true }
    if ($Found.Kind -eq 'DWord') { return $Found.Data -is [int] }
    if ($Found.Kind -eq 'QWord') { return $Found.Data -is [long] }
    if (($Found.Kind -eq 'Binary') -or ($Found.Kind -eq 'None')) { return $Found.Data -is [byte[]] }
    return @('String', 'ExpandString', 'MultiString') -contains "$($Found.Kind)"
}

# The keys from the hive down to this one that are not there, outermost first.
function Get-MissingKey {
    param([string] $Path)
    $missing = @()
    $current = $Path
    while (-not (Test-Path -LiteralPath $current)) {
        $missing = @($current) + $missing
        $current = $current.Substring(0, $current.LastIndexOf('\\'))
    }
    return $missing
}

$changes = @()
foreach ($entry in $wanted) {
    $found = Get-StoredValue -Path $entry.Path -Name $entry.Name
    $same = ($null -ne $found) -and ($found.Kind -eq 'DWord') -and ($found.Data -eq $entry.Data)
    # For SCHANNEL 0xffffffff, which reads as -1, is another way to write 1.
    if (($null -ne $found) -and ($found.Kind -eq 'DWord') -and ($found.Data -eq -1)) {
        $same = ($entry.Data -eq 1) -and ($entry.Path -like '*\\SCHANNEL\\*')
    }
    if (-not $same) {
        if (-not (Test-Restorable $found)) {
            throw "$($entry.Path)\\$($entry.Name) has a form that no script puts back ($($found.Kind)). Nothing was changed."
        }
        $changes += @{ Path = $entry.Path; Name = $entry.Name; Data = $entry.Data; Found = $found }
    }
}

if ($changes.Count -eq 0) {
    Write-Output 'Nothing to change: every value is as wanted.'
    return
}

# The undo script comes first; without it nothing is changed.
$undoName = 'undo-tls-' + (Get-Date -Format 'yyyyMMdd-HHmmss')
$undoFile = Join-Path -Path $UndoFolder -ChildPath ($undoName + '.ps1')
for ($number = 2; Test-Path -LiteralPath $undoFile; $number++) {
    $undoFile = Join-Path -Path $UndoFolder -ChildPath ($undoName + '-' + $number + '.ps1')
}
$undo = @(
    '#Requires -Version 4.0'
    '#Requires -RunAsAdministrator'
    '[CmdletBinding(SupportsShouldProcess = $true)]'
    'param()'
    'Set-StrictMode -Version 2.0'
    "$([char]36)ErrorActionPreference = 'Stop'"
    "$([char]36)done = 0"
)
$reversed = @($changes)
[array]::Reverse($reversed)
foreach ($change in $reversed) {
    $path = ConvertTo-Source $change.Path
    $name = ConvertTo-Source $change.Name
    $undo += 'if ($PSCmdlet.ShouldProcess(' + (ConvertTo-Source ($change.Path + '\\' + $change.Name)) + ", 'Put back')) {"
    if ($null -eq $change.Found) {
        $undo += "    $([char]36)key = Get-Item -LiteralPath $path -ErrorAction SilentlyContinue"
        $undo += "    if ($([char]36)null -ne $([char]36)key -and @($([char]36)key.GetValueNames()) -contains $name) {"
        $undo += "        Remove-ItemProperty -LiteralPath $path -Name $name -Confirm:$([char]36)false"
        $undo += '    }'
    }
    else {
        $data = ConvertTo-Source $change.Found.Data
        $undo += "    New-ItemProperty -LiteralPath $path -Name $name -PropertyType $($change.Found.Kind) -Value $data -Force -Confirm:$([char]36)false | Out-Null"
    }
    $undo += '    $done++'
    $undo += '}'
}
$created = @($changes | ForEach-Object { Get-MissingKey -Path $_.Path } | Select-Object -Unique)
[array]::Reverse($created)
foreach ($path in $created) {
    $source = ConvertTo-Source $path
    $undo += 'if ($PSCmdlet.ShouldProcess(' + $source + ", 'Remove the key when it is empty')) {"
    $undo += "    $([char]36)key = Get-Item -LiteralPath $source -ErrorAction SilentlyContinue"
    $undo += '    if ($null -ne $key -and $key.ValueCount -eq 0 -and $key.SubKeyCount -eq 0) {'
    $undo += "        Remove-Item -LiteralPath $source -Confirm:$([char]36)false"
    $undo += '    }'
    $undo += '}'
}
$undo += 'if ($WhatIfPreference) {'
$undo += "    Write-Output 'What if: $($changes.Count) registry values would be put back. Nothing was changed.'"
$undo += '}'
$undo += 'elseif ($done -eq 0) {'
$undo += "    Write-Output 'Nothing was changed: no value was confirmed.'"
$undo += '}'
$undo += 'else {'
$undo += '    Write-Output "Done: $done of ' + $changes.Count + ' registry values put back. Restart Windows for them to take effect."'
$undo += '}'
$written = $PSCmdlet.ShouldProcess($undoFile, 'Write the undo script')
if ($written) {
    # What was confirmed is not asked again by each command.
    Set-Content -LiteralPath $undoFile -Value $undo -Encoding UTF8 -Confirm:$false
    Write-Output "Undo script: $undoFile"
}
elseif (-not $WhatIfPreference) {
    Write-Output 'Nothing was changed: the undo script was not confirmed.'
    return
}

$done = 0
try {
    foreach ($change in $changes) {
        $address = $change.Path + '\\' + $change.Name
        if (-not $PSCmdlet.ShouldProcess($address, "Set to $($change.Data)")) { continue }
        foreach ($path in @(Get-MissingKey -Path $change.Path)) {
            New-Item -Path $path -Confirm:$false | Out-Null
        }
        New-ItemProperty -LiteralPath $change.Path -Name $change.Name -PropertyType DWord -Value $change.Data -Force -Confirm:$false | Out-Null
        $after = Get-StoredValue -Path $change.Path -Name $change.Name
        if (($null -eq $after) -or ($after.Kind -ne 'DWord') -or ($after.Data -ne $change.Data)) {
            throw "$address was set to $($change.Data) but does not read so."
        }
        $before = 'not set'
        if ($null -ne $change.Found) { $before = [string] $change.Found.Data }
        Write-Output "$($address): $before -> $($change.Data)"
        $done++
    }
}
catch {
    throw "$($_.Exception.Message) $done of $($changes.Count) registry values were set. Run the undo script to put them back: $undoFile"
}
if ($WhatIfPreference) {
    Write-Output "What if: $($changes.Count) registry values would be set, after the undo script. Nothing was changed."
}
elseif ($done -eq 0) {
    Write-Output 'Nothing was changed: no value was confirmed.'
}
else {
    Write-Output "Done: $done of $($changes.Count) registry values set. Restart Windows for them to take effect."
}
`);
}

/** A script must stay ASCII: Windows PowerShell 5.1 reads a file without a byte-order mark in the machine's code page. */
function ascii(script: string): string {
  const strange = /[^\t\r\n -~]/.exec(script);
  if (strange !== null) throw new Error(`the script holds a character that is not ASCII: ${strange[0]}`);
  return script.replace(/\r?\n/g, "\r\n");
}

/** The bytes of a PowerShell script: UTF-8 with a byte-order mark. */
export function encodeScript(script: string): Uint8Array {
  return Buffer.from(`\uFEFF${script}`, "utf8");
}
