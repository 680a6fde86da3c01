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
 * One script for Windows PowerShell 5.1 that sets the values: creates what is missing, changes only what differs, can
 * be run twice, knows -WhatIf and -Confirm, and writes its own undo script first. Its last line says what was done, or
 * with -WhatIf what would be. ASCII only; to be saved with a byte-order mark.
 */
export function powershellScript({ values, title, createdAt, version }: ScriptInput): string {
  const rows = values
    .map(
      ({ key, name, data }) => `    @{ Path = ${quoted(providerPath(key))}; Name = ${quoted(name)}; Data = ${data} }`,
    )
    .join("\n");
  return ascii(`#Requires -Version 5.1
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
    $key = Get-Item -LiteralPath $Path -ErrorAction SilentlyContinue
    if ($null -eq $key) { return $null }
    if (@($key.GetValueNames()) -notcontains $Name) { return $null }
    return @{
        Kind = $key.GetValueKind($Name)
        Data = $key.GetValue($Name, $null, [Microsoft.Win32.RegistryValueOptions]::DoNotExpandEnvironmentNames)
    }
}

# A value as PowerShell source text, whatever its type.
function ConvertTo-Source {
    param($Data)
    if ($null -eq $Data) { return '$null' }
    if ($Data -is [byte[]]) { return '([byte[]]@(' + ($Data -join ',') + '))' }
    if ($Data -is [string[]]) {
        return '([string[]]@(' + (($Data | ForEach-Object { "'" + $_.Replace("'", "''") + "'" }) -join ',') + '))'
    }
    if ($Data -is [string]) { return "'" + $Data.Replace("'", "''") + "'" }
    return [string] $Data
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
        $changes += @{ Path = $entry.Path; Name = $entry.Name; Data = $entry.Data; Found = $found }
    }
}

if ($changes.Count -eq 0) {
    Write-Output 'Nothing to change: every value is as wanted.'
    return
}

# The undo script comes first; without it nothing is changed.
$undoFile = Join-Path -Path $UndoFolder -ChildPath ('undo-tls-' + (Get-Date -Format 'yyyyMMdd-HHmmss') + '.ps1')
$undo = @(
    '#Requires -Version 5.1'
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
        $undo += "        Remove-ItemProperty -LiteralPath $path -Name $name"
        $undo += '    }'
    }
    else {
        $data = ConvertTo-Source $change.Found.Data
        $undo += "    New-ItemProperty -LiteralPath $path -Name $name -PropertyType $($change.Found.Kind) -Value $data -Force | Out-Null"
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
    $undo += "        Remove-Item -LiteralPath $source"
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
    Set-Content -LiteralPath $undoFile -Value $undo -Encoding UTF8
    Write-Output "Undo script: $undoFile"
}
elseif (-not $WhatIfPreference) {
    Write-Output 'Nothing was changed: the undo script was not confirmed.'
    return
}

$done = 0
foreach ($change in $changes) {
    $address = $change.Path + '\\' + $change.Name
    if (-not $PSCmdlet.ShouldProcess($address, "Set to $($change.Data)")) { continue }
    foreach ($path in @(Get-MissingKey -Path $change.Path)) {
        New-Item -Path $path | Out-Null
    }
    New-ItemProperty -LiteralPath $change.Path -Name $change.Name -PropertyType DWord -Value $change.Data -Force | Out-Null
    $after = Get-StoredValue -Path $change.Path -Name $change.Name
    if (($null -eq $after) -or ($after.Kind -ne 'DWord') -or ($after.Data -ne $change.Data)) {
        throw "$address was set to $($change.Data) but does not read so. Run the undo script: $undoFile"
    }
    $before = 'not set'
    if ($null -ne $change.Found) { $before = [string] $change.Found.Data }
    Write-Output "$($address): $before -> $($change.Data)"
    $done++
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
