# Runs an exported script and the undo script it writes over one registry after the other, in one process. For each it
# tells what stood after the script and after its undo, and what they said. The cases come, and the answer goes, as JSON.
param([string] $Cases, [string] $Script, [string] $Folder, [string] $Answer)

$ErrorActionPreference = 'Stop'
$roots = @(
    'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL'
    'HKLM\SOFTWARE\Microsoft\.NETFramework'
    'HKLM\SOFTWARE\WOW6432Node\Microsoft\.NETFramework'
)
function Read-Root { return @($roots | ForEach-Object { [RawRegistry]::Read($_) }) }

# One script, and how it ended.
function Invoke-One {
    param($File, [hashtable] $With)
    try { return @{ said = @(& $File @With | ForEach-Object { "$_" }); fault = $null } }
    catch { return @{ said = @(); fault = "$($_.Exception.Message)" } }
}

# Read and compiled once: that takes longer than what it does.
$command = Get-Command -Name $Script
$results = @()
foreach ($case in @([System.IO.File]::ReadAllText($Cases) | ConvertFrom-Json -AsHashtable)) {
    for ($at = 0; $at -lt $roots.Count; $at++) { [RawRegistry]::Write($roots[$at], $case[$at]) }
    $before = Read-Root
    Get-ChildItem -LiteralPath $Folder | Remove-Item
    $applied = Invoke-One $command @{ UndoFolder = $Folder }
    $after = Read-Root
    $undone = $null
    foreach ($undo in @(Get-ChildItem -LiteralPath $Folder)) { $undone = Invoke-One $undo.FullName @{} }
    $results += @{ before = $before; applied = $applied; after = $after; undone = $undone; end = (Read-Root) }
}
[System.IO.File]::WriteAllText($Answer, (ConvertTo-Json -InputObject $results -Depth 6 -EscapeHandling EscapeNonAscii))
