# What Wine does not have: CIM, event logs, and the accounts of a domain. They tell what the server described in the file
# that MIM_MAIL_TEST_SERVER names holds, in the forms Windows gives it.
$global:described = [System.IO.File]::ReadAllText($env:MIM_MAIL_TEST_SERVER) | ConvertFrom-Json

# A moment as CIM and event logs give it: local time.
function Get-Moment {
    param($Moment)
    if ($null -eq $Moment) { return $null }
    return ([datetime] $Moment).ToLocalTime()
}

function Get-CimInstance {
    [CmdletBinding()]
    param([string] $ClassName, [string] $Filter)
    if ($ClassName -eq 'Win32_OperatingSystem') {
        $windows = $described.windows
        return [pscustomobject] @{
            Caption = "$($windows.caption) "
            Version = $windows.build
            LastBootUpTime = Get-Moment $windows.startedAt
        }
    }
    if ($ClassName -eq 'Win32_Service') {
        if ($Filter -notmatch "\AName='(\w+)'\z") { throw "Invalid query: $Filter" }
        return $described.services | Where-Object name -EQ $Matches[1] | ForEach-Object {
            [pscustomobject] @{ Name = $_.name; State = $_.state; ProcessId = $_.process; StartName = $_.account }
        }
    }
    if ($ClassName -eq 'Win32_Process') {
        if ($Filter -notmatch '\AProcessId=(\d+)\z') { throw "Invalid query: $Filter" }
        return $described.services | Where-Object process -EQ ([int] $Matches[1]) | ForEach-Object {
            [pscustomobject] @{ CreationDate = Get-Moment $_.startedAt }
        }
    }
    if ($ClassName -eq 'Win32_QuickFixEngineering') {
        return $described.updates | ForEach-Object { [pscustomobject] @{ HotFixID = $_ } }
    }
    throw "Invalid class: $ClassName"
}

function Get-WinEvent {
    [CmdletBinding()]
    param([hashtable] $FilterHashtable, [long] $MaxEvents, [string[]] $ListProvider, [string[]] $ListLog)
    if ($PSBoundParameters.ContainsKey('ListLog')) {
        return $described.events.log | Select-Object -Unique | Where-Object { $ListLog -contains $_ } |
            ForEach-Object { [pscustomobject] @{ LogName = $_ } }
    }
    if ($PSBoundParameters.ContainsKey('ListProvider')) {
        return $described.events.provider | Select-Object -Unique |
            Where-Object { $provider = $_; @($ListProvider | Where-Object { $provider -like $_ }).Count -gt 0 } |
            ForEach-Object { [pscustomobject] @{ Name = $_ } }
    }
    $unknown = @($FilterHashtable.Keys | Where-Object { @('LogName', 'ProviderName', 'Id', 'Level', 'StartTime') -notcontains $_ })
    if ($unknown.Count -gt 0) { throw "Invalid filter: $unknown" }
    $found = @($described.events | Where-Object {
        ((-not $FilterHashtable.ContainsKey('LogName')) -or ($FilterHashtable.LogName -contains $_.log)) -and
        ((-not $FilterHashtable.ContainsKey('ProviderName')) -or ($FilterHashtable.ProviderName -contains $_.provider)) -and
        ((-not $FilterHashtable.ContainsKey('Id')) -or ($FilterHashtable.Id -contains $_.id)) -and
        ((-not $FilterHashtable.ContainsKey('Level')) -or ($FilterHashtable.Level -contains $_.level)) -and
        ((-not $FilterHashtable.ContainsKey('StartTime')) -or ((Get-Moment $_.at) -ge $FilterHashtable.StartTime))
    } | Sort-Object -Property at -Descending | Select-Object -First $MaxEvents)
    if ($found.Count -eq 0) {
        $none = [System.Exception]::new('No events were found that match the specified selection criteria.')
        $category = [System.Management.Automation.ErrorCategory]::ObjectNotFound
        $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new($none, 'NoMatchingEventsFound', $category, $null))
        return
    }
    return $found | ForEach-Object {
        [pscustomobject] @{
            LogName = $_.log
            RecordId = $_.record
            ProviderName = $_.provider
            Id = $_.id
            Level = $_.level
            TimeCreated = Get-Moment $_.at
            Message = $_.text
            Properties = @()
        }
    }
}

# An account of the domain; everything else is made as ever.
function New-Object {
    [CmdletBinding()]
    param([Parameter(Position = 0)] [string] $TypeName, [Parameter(Position = 1)] [object[]] $ArgumentList)
    $known = $null
    if ($TypeName -eq 'System.Security.Principal.NTAccount') {
        $known = @($described.accounts | Where-Object name -EQ $ArgumentList[0])[0]
    }
    if ($null -eq $known) { return Microsoft.PowerShell.Utility\New-Object @PSBoundParameters }
    $account = [pscustomobject] @{ Sid = $known.sid }
    $account | Add-Member -MemberType ScriptMethod -Name Translate -Value {
        [System.Security.Principal.SecurityIdentifier]::new($this.Sid)
    }
    return $account
}
