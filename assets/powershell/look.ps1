#Requires -Version 5.1
<#
.SYNOPSIS
    Reads what MIM Mail Assistant asks of this server beside its registry. Changes nothing.
.DESCRIPTION
    One call for a whole look: Windows, the service FIMService, file versions, the SIDs of accounts, events. What cannot
    be read is answered as unreadable with the reason. Works in Constrained Language Mode, where account names cannot be
    translated, and says so.
.PARAMETER InputPath
    A JSON file: { "files": ["C:\\..."], "accounts": ["DOMAIN\\name"], "services": ["name"] }.
.PARAMETER OutputPath
    The JSON file to write, UTF-8.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)] [string] $InputPath,
    [Parameter(Mandatory = $true)] [string] $OutputPath
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# Only Windows' own modules: a folder of the user's could hold one of the same name.
$env:PSModulePath = Join-Path -Path $PSHOME -ChildPath 'Modules'

$fullLanguage = $ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage'
# <shared with collect.ps1>
$dayLimit = 30
$readLimit = 2000
$itemLimit = 200
$textLimit = 4000

# A moment as text, UTC; $null for none. The format 's' is the same in every culture.
function ConvertTo-Moment {
    param($Date)
    if ($null -eq $Date) { return $null }
    return $Date.ToUniversalTime().ToString('s') + 'Z'
}

# The reason of an error on one line: what failed itself says, not what PowerShell says around it.
function Get-Reason {
    param($ErrorRecord)
    $fault = $ErrorRecord.Exception
    $text = "$($fault.Message)"
    while ($null -ne $fault.InnerException) {
        $fault = $fault.InnerException
        if ("$($fault.Message)".Trim() -ne '') { $text = "$($fault.Message)" }
    }
    $text = ($text -replace '\s+', ' ').Trim()
    if ($text.Length -gt 300) { $text = $text.Substring(0, 300) }
    return $text
}

# The computer's name as Windows keeps it: the environment has it in capitals.
function Read-ComputerName {
    foreach ($key in @('ActiveComputerName', 'ComputerName')) {
        try {
            $path = "Registry::HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\ComputerName\$key"
            $name = "$((Get-ItemProperty -LiteralPath $path).ComputerName)".Trim()
            if ($name -ne '') { return $name }
        }
        catch { continue }
    }
    return "$($env:COMPUTERNAME)"
}

function Read-Windows {
    try {
        $system = Get-CimInstance -ClassName Win32_OperatingSystem
        return @{
            caption = "$($system.Caption)".Trim()
            build = "$($system.Version)"
            startedAt = ConvertTo-Moment $system.LastBootUpTime
            reason = $null
        }
    }
    catch {
        return @{ caption = $null; build = $null; startedAt = $null; reason = Get-Reason $_ }
    }
}

function Read-Service {
    param([string] $Name)
    try {
        $found = @(Get-CimInstance -ClassName Win32_Service -Filter "Name='$Name'")
        if ($found.Count -eq 0) { return @{ state = 'absent' } }
        $service = $found[0]
        $startedAt = $null
        if ($service.ProcessId -gt 0) {
            $process = @(Get-CimInstance -ClassName Win32_Process -Filter "ProcessId=$($service.ProcessId)")
            if ($process.Count -gt 0) { $startedAt = ConvertTo-Moment $process[0].CreationDate }
        }
        return @{
            state = 'present'
            status = "$($service.State)".ToLower()
            startedAt = $startedAt
            account = "$($service.StartName)"
        }
    }
    catch {
        return @{ state = 'unreadable'; reason = Get-Reason $_ }
    }
}

# The numbers of the updates that Windows lists.
function Read-Updates {
    try {
        $found = @(Get-CimInstance -ClassName Win32_QuickFixEngineering)
        return @{ state = 'present'; items = @($found | ForEach-Object { "$($_.HotFixID)" }) }
    }
    catch {
        return @{ state = 'unreadable'; reason = Get-Reason $_ }
    }
}

function Read-FileVersion {
    param([string] $Path)
    try {
        $item = Get-Item -LiteralPath $Path -Force
        if ($item.PSIsContainer) { return @{ path = $Path; state = 'present'; version = $null } }
        $version = $item.VersionInfo
        if ($null -eq $version) {
            return @{ path = $Path; state = 'unreadable'; reason = 'it is there, but its version cannot be read' }
        }
        # The numbers themselves: the text beside them may be written in any way.
        $numbers = @($version.FileMajorPart, $version.FileMinorPart, $version.FileBuildPart, $version.FilePrivatePart)
        $text = $numbers -join '.'
        if ($text -eq '0.0.0.0') { $text = $null }
        return @{ path = $Path; state = 'present'; version = $text }
    }
    catch {
        if ($_.CategoryInfo.Category -eq 'ObjectNotFound') { return @{ path = $Path; state = 'absent' } }
        return @{ path = $Path; state = 'unreadable'; reason = Get-Reason $_ }
    }
}

function Read-Account {
    param([string] $Name)
    if ($Name -eq 'LocalSystem') { return @{ name = $Name; state = 'present'; sid = 'S-1-5-18' } }
    if (-not $fullLanguage) {
        $reason = 'PowerShell runs in Constrained Language Mode, which cannot translate account names'
        return @{ name = $Name; state = 'unreadable'; reason = $reason }
    }
    try {
        $whole = $Name -replace '^\.\\', ($env:COMPUTERNAME + '\')
        $account = New-Object -TypeName System.Security.Principal.NTAccount -ArgumentList $whole
        $sid = $account.Translate([System.Security.Principal.SecurityIdentifier])
        return @{ name = $Name; state = 'present'; sid = $sid.Value }
    }
    catch {
        return @{ name = $Name; state = 'unreadable'; reason = Get-Reason $_ }
    }
}

# The newest events of a query, and whether there were more than are read.
function Read-Query {
    param([hashtable] $Filter)
    try {
        $found = @(Get-WinEvent -FilterHashtable $Filter -MaxEvents $readLimit)
        return @{ events = $found; full = ($found.Count -ge $readLimit); reason = $null }
    }
    catch {
        # No event fits: that is an answer.
        if ("$($_.FullyQualifiedErrorId)" -like 'NoMatchingEventsFound*') {
            return @{ events = @(); full = $false; reason = $null }
        }
        return @{ events = @(); full = $false; reason = Get-Reason $_ }
    }
}

function ConvertTo-Item {
    param($Record)
    $text = "$($Record.Message)"
    if ($text -eq '') { $text = @($Record.Properties | ForEach-Object { "$($_.Value)" }) -join ' ' }
    if ($text.Length -gt $textLimit) { $text = $text.Substring(0, $textLimit) }
    $levels = @('Information', 'Critical', 'Error', 'Warning', 'Information', 'Verbose')
    $level = $null
    if (($null -ne $Record.Level) -and ($Record.Level -lt $levels.Count)) { $level = $levels[$Record.Level] }
    return @{
        log = "$($Record.LogName)"
        provider = "$($Record.ProviderName)"
        id = [int] $Record.Id
        level = $level
        at = ConvertTo-Moment $Record.TimeCreated
        text = $text
    }
}

# Event 12 of MIM's providers, the token message of any provider, and MIM's warnings and errors, newest first.
function Read-Events {
    param($WindowsStart)
    $now = Get-Date
    $from = $now.AddDays(-7)
    if (($null -ne $WindowsStart) -and ($WindowsStart -lt $from)) { $from = $WindowsStart }
    if ($from -lt $now.AddDays(-$dayLimit)) { $from = $now.AddDays(-$dayLimit) }

    $queries = @(
        @{ name = 'Application'; filter = @{ LogName = 'Application'; Id = 12; StartTime = $from } },
        @{ name = 'Application'; filter = @{ LogName = 'Application'; Level = 1, 2, 3; StartTime = $from } }
    )
    $providers = @()
    try {
        $names = @('Microsoft.ResourceManagement*', 'Forefront Identity Manager*')
        $providers = @(Get-WinEvent -ListProvider $names -ErrorAction SilentlyContinue | ForEach-Object { $_.Name })
    }
    catch { $providers = @() }
    if ($providers.Count -gt 0) {
        $queries += @{ name = 'of MIM'; filter = @{ ProviderName = $providers; StartTime = $from } }
    }
    $ownLog = @()
    try { $ownLog = @(Get-WinEvent -ListLog 'Forefront Identity Manager' -ErrorAction SilentlyContinue) }
    catch { $ownLog = @() }
    if ($ownLog.Count -gt 0) {
        $filter = @{ LogName = 'Forefront Identity Manager'; StartTime = $from }
        $queries += @{ name = 'Forefront Identity Manager'; filter = $filter }
    }

    $seen = @{}
    $items = @()
    foreach ($query in $queries) {
        $answer = Read-Query $query.filter
        if ($null -ne $answer.reason) {
            return @{ state = 'unreadable'; reason = "event log $($query.name): $($answer.reason)" }
        }
        # Where more was written than is read, the time without a gap begins later.
        if ($answer.full) {
            $oldest = $answer.events[$answer.events.Count - 1].TimeCreated
            if ($oldest -gt $from) { $from = $oldest }
        }
        foreach ($record in $answer.events) {
            $key = "$($record.LogName) $($record.RecordId)"
            if ($seen.ContainsKey($key)) { continue }
            $seen[$key] = $true
            $ours = ($record.ProviderName -like 'Microsoft.ResourceManagement*') -or ($record.LogName -ne 'Application')
            $ours = $ours -or ($record.ProviderName -like 'Forefront Identity Manager*')
            $token = "$($record.Message)" -match 'could not get access token for office ?365 mailbox'
            $bad = ($null -ne $record.Level) -and ($record.Level -ge 1) -and ($record.Level -le 3)
            $wanted = $token -or ($ours -and ($bad -or ($record.Id -eq 12)))
            if ($wanted) { $items += ConvertTo-Item $record }
        }
    }
    $sorted = @($items | Sort-Object -Property { $_.at } -Descending)
    if ($sorted.Count -gt $itemLimit) {
        $sorted = @($sorted | Select-Object -First $itemLimit)
    }
    return @{ state = 'present'; from = (ConvertTo-Moment $from); items = $sorted }
}
# </shared with collect.ps1>

$asked = Get-Content -LiteralPath $InputPath -Raw -Encoding UTF8 | ConvertFrom-Json

$windows = Read-Windows
$windowsStart = $null
if ($null -ne $windows.startedAt) { $windowsStart = [datetime] $windows.startedAt }

$events = $null
try { $events = Read-Events $windowsStart }
catch { $events = @{ state = 'unreadable'; reason = Get-Reason $_ } }

$answer = @{
    format = 'mim-mail-powershell'
    version = 1
    languageMode = "$($ExecutionContext.SessionState.LanguageMode)"
    computer = (Read-ComputerName)
    windows = $windows
    service = (Read-Service 'FIMService')
    services = @($asked.services | Where-Object { $null -ne $_ } | ForEach-Object {
        $found = Read-Service $_
        $found.name = $_
        $found
    })
    updates = (Read-Updates)
    files = @($asked.files | Where-Object { $null -ne $_ } | ForEach-Object { Read-FileVersion $_ })
    accounts = @($asked.accounts | Where-Object { $null -ne $_ } | ForEach-Object { Read-Account $_ })
    events = $events
}
$answer | ConvertTo-Json -Depth 6 -Compress | Set-Content -LiteralPath $OutputPath -Encoding UTF8
