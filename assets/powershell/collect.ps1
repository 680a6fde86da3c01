#Requires -Version 4.0
<#
.SYNOPSIS
    Reads what MIM Mail Assistant asks of a MIM Service server and gives it as a recording. Changes nothing.
.DESCRIPTION
    One file, for any server, without the program itself. Secrets, encrypted values and tokens are left out: that they
    are there is recorded, never what they are. What cannot be read is recorded as unreadable with the reason. Run it
    elevated: reading the access token of the service account needs that.
    The recording is written to OutFile, or given as text where none is named.
.PARAMETER OutFile
    The recording to write. An existing file is not written over.
.EXAMPLE
    powershell.exe -NoProfile -ExecutionPolicy Bypass -File .\collect.ps1 -OutFile .\MIM01.json
.EXAMPLE
    Invoke-Command -ComputerName MIM01, MIM02 -FilePath .\collect.ps1 |
        ForEach-Object { Set-Content -LiteralPath "$($_.PSComputerName).json" -Value "$_" -Encoding UTF8 }
#>
[CmdletBinding()]
param(
    [string] $OutFile = ''
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# Only Windows' own modules: a folder of the user's could hold one of the same name.
$env:PSModulePath = Join-Path -Path $PSHOME -ChildPath 'Modules'

$fullLanguage = $ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage'
if (-not $fullLanguage) {
    $text = 'PowerShell runs in Constrained Language Mode here. Sign this script, or use mim-mail collect on this server.'
    Write-Error -ErrorId 'MimMailLanguageMode' -Message $text -ErrorAction Stop
}
if (-not [Environment]::Is64BitProcess) {
    $text = 'Run this in the 64-bit Windows PowerShell: the 32-bit one reads other keys.'
    Write-Error -ErrorId 'MimMailBitness' -Message $text -ErrorAction Stop
}
if (($OutFile -ne '') -and (Test-Path -LiteralPath $OutFile)) {
    throw "$OutFile exists already and is not written over."
}

# <tables, written by the program's own test from what its looks read>
$uninstallRoots = @(
    'HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall'
    'HKLM\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall'
)
$fixedKeys = @(
    'HKLM\SOFTWARE\Microsoft\Forefront Identity Manager\2010\Service'
    'HKLM\SYSTEM\CurrentControlSet\Services\FIMService'
    'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.0\Client'
    'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.0\Server'
    'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.1\Client'
    'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.1\Server'
    'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2\Client'
    'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2\Server'
    'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.3\Client'
    'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.3\Server'
    'HKLM\SOFTWARE\Microsoft\.NETFramework\v4.0.30319'
    'HKLM\SOFTWARE\WOW6432Node\Microsoft\.NETFramework\v4.0.30319'
    'HKLM\SOFTWARE\Microsoft\.NETFramework\v2.0.50727'
    'HKLM\SOFTWARE\WOW6432Node\Microsoft\.NETFramework\v2.0.50727'
    'HKLM\SOFTWARE\Policies\Microsoft\Cryptography\Configuration\SSL\00010002'
    'HKLM\SYSTEM\CurrentControlSet\Control\Cryptography\Configuration\Local\SSL\00010002'
    'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Ciphers\AES 128/128'
    'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Ciphers\AES 256/256'
    'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Hashes\SHA'
    'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Hashes\SHA256'
    'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Hashes\SHA384'
    'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\KeyExchangeAlgorithms\ECDH'
    'HKLM\SYSTEM\CurrentControlSet\Control\Lsa\FipsAlgorithmPolicy'
    'HKLM\SOFTWARE\Microsoft\NET Framework Setup\NDP\v3.5'
    'HKLM\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full'
    'HKLM\SOFTWARE\Microsoft\SQLNCLI11'
    'HKLM\SOFTWARE\Microsoft\SQLNCLI11\InstalledVersion'
    'HKLM\SOFTWARE\Microsoft\SQLNCLI10'
    'HKLM\SOFTWARE\Microsoft\SQLNCLI10\InstalledVersion'
    'HKLM\SOFTWARE\Microsoft\Microsoft SQL Server Native Client 11.0\CurrentVersion'
    'HKLM\SOFTWARE\Microsoft\Microsoft SQL Server Native Client 10.0\CurrentVersion'
    'HKLM\SOFTWARE\Microsoft\MSOLEDBSQL'
    'HKLM\SOFTWARE\Microsoft\MSOLEDBSQL19'
    'HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending'
    'HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired'
    'HKLM\SYSTEM\CurrentControlSet\Control\Session Manager'
)
$fixedServices = @(
    'FIMService'
    'MIMKeyProtectService'
    'PamMonitoringService'
    'PrivilegeManagementComponentService'
)
$serviceKey = 'HKLM\SYSTEM\CurrentControlSet\Services\FIMService'
$installerProductsKey = 'HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Installer\UserData\S-1-5-18\Products'
$hiveKeyTail = 'SOFTWARE\Microsoft\Forefront Identity Manager\2010\Service'
$productNames = @(
    'microsoft identity manager service and portal'
    'forefront identity manager service and portal'
)
$openNames = @(
    'exchangeonlineapplicationid'
    'exchangeonlinetenantid'
    'location'
    '(default)'
    ''
)
$secretName = 'encrypted|secret|passw|pwd|passphrase|(?<!public[ _-]?key[ _-]?)token|credential|(?:api|app|client|private|account|access|shared|storage|machine|encryption|decryption|validation|primary|secondary|master)[ _-]?key'
$secretWords = 'secret|passw|pwd|passphrase|(?<!public[ _-]?key[ _-]?)token|credential|(?:api|app|client|private|account|access|shared|storage|machine|encryption|decryption|validation|primary|secondary|master)[ _-]?key'
$openName = '(?:url|uri|path|folder|port|valid|match(?:es)?|length|expires|expiry|lifetime|count|state|enabled)$'
$noSecret = '^\s*(?:(?:true|false|0|1|null|\*+|\u2022+)\s*)?$'
$userServiceKey = '^(HKU|HKEY_USERS)\\[^\\]+\\.*\\2010\\Service$'
$encryptedBase64 = 'AQAAANCMnd8BFdERjHoAwE/Cl+s'
$encryptedBytes = '01000000d08c9ddf0115d1118c7a00c04fc297eb'
$scrubs = @(
    @{ IgnoreCase = $true; Pattern = '(\b(?:bearer|basic|negotiate|ntlm)\s{1,9})(?!\u2022)(?=[\w.~+/-]{8,}=*)[\w.~+/-]+=*'; Replacement = '$1@@' }
    @{ IgnoreCase = $false; Pattern = '(?<![\w-])eyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*'; Replacement = '@@' }
    @{ IgnoreCase = $false; Pattern = 'AQAAANCMnd8BFdERjHoAwE/Cl\+s[\w+/=]*'; Replacement = '@@' }
    @{ IgnoreCase = $false; Pattern = '[\w.~-]{3}\dQ~[\w.~-]{31,34}'; Replacement = '@@' }
    @{ IgnoreCase = $true; Pattern = '(\b(?:key|name)\s{0,9}=\s{0,9}["''][^"''<>]{0,60}?(?:secret|passw|pwd|passphrase|(?<!public[ _-]?key[ _-]?)token|credential|(?:api|app|client|private|account|access|shared|storage|machine|encryption|decryption|validation|primary|secondary|master)[ _-]?key)[^"''<>]{0,60}["''][^<>]{0,200}?\b(?:value|connectionString)\s{0,9}=\s{0,9})(["''])(?:(?!\2)[^<])*\2'; Replacement = '$1$2@@$2' }
    @{ IgnoreCase = $true; Pattern = '(\bvalue\s{0,9}=\s{0,9})(["''])(?:(?!\2)[^<>]){0,2000}\2(?=[^<>]{0,200}?\b(?:key|name)\s{0,9}=\s{0,9}["''][^"''<>]{0,60}?(?:secret|passw|pwd|passphrase|(?<!public[ _-]?key[ _-]?)token|credential|(?:api|app|client|private|account|access|shared|storage|machine|encryption|decryption|validation|primary|secondary|master)[ _-]?key)[^"''<>]{0,60}["''])'; Replacement = '$1$2@@$2' }
    @{ IgnoreCase = $true; Pattern = '(\b(?:key|name)\s{0,9}=\s{0,9}["''][^"''<>]{0,60}?(?:secret|passw|pwd|passphrase|(?<!public[ _-]?key[ _-]?)token|credential|(?:api|app|client|private|account|access|shared|storage|machine|encryption|decryption|validation|primary|secondary|master)[ _-]?key)[^"''<>]{0,60}["''][^<>]{0,200}>\s{0,60}<value>)(?!\u2022)[^<]+'; Replacement = '$1@@' }
    @{ IgnoreCase = $true; Pattern = '(<[\w.:-]{0,40}?(?:secret|passw|pwd|passphrase|(?<!public[ _-]?key[ _-]?)token|credential|(?:api|app|client|private|account|access|shared|storage|machine|encryption|decryption|validation|primary|secondary|master)[ _-]?key)[\w.:-]{0,40}(?:\s[^<>]{0,200})?>)(?!\s*(?:\u2022|<))[^<]+'; Replacement = '$1@@' }
    @{ IgnoreCase = $true; Pattern = '((?:secret|passw|pwd|passphrase|(?<!public[ _-]?key[ _-]?)token|credential|(?:api|app|client|private|account|access|shared|storage|machine|encryption|decryption|validation|primary|secondary|master)[ _-]?key|(?<![\w-])authorization)[\w.-]{0,60}\\{0,4}(?:["'']|&quot;|&#34;)?\s{0,9}(?:=>|:=|=(?!>)|:(?![/=])|%3[dDaA])\s{0,9})(\\{0,4}["'']|&quot;|&#34;|&apos;|&#39;)(?!(?:true|false|null|[01])(?![^\s,;}\])<"''&]))(?:(?!\2)[^\r\n])+(?:\2|(?=[\r\n])|$)'; Replacement = '$1$2@@$2' }
    @{ IgnoreCase = $true; Pattern = '((?:secret|passw|pwd|passphrase|(?<!public[ _-]?key[ _-]?)token|credential|(?:api|app|client|private|account|access|shared|storage|machine|encryption|decryption|validation|primary|secondary|master)[ _-]?key|(?<![\w-])authorization)[\w.-]{0,60}\\{0,4}(?:["'']|&quot;|&#34;)?\s{0,9}(?:=>|:=|=(?!>)|:(?![/=])|%3[dDaA])(?!\s{0,9}(?:\\{0,4}["'']|&quot;|&#34;|&apos;|&#39;|\u2022|(?:true|false|null|[01])(?![^\s,;}\])<"''&])|(?:bearer|basic|negotiate|ntlm)\s{1,9}\u2022|$))\s{0,9})(?:&(?:amp|quot|apos|lt|gt|#\d{1,7}|#x[0-9a-fA-F]{1,6});|[^;\r\n<"''&]|&)+'; Replacement = '$1@@' }
)
# </tables>

# <shared with look.ps1>
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
# </shared with look.ps1>

function Test-LooksEncrypted {
    param([string] $Data)
    return $Data.Trim().StartsWith($encryptedBase64) -or $Data.ToLower().StartsWith($encryptedBytes)
}

# A text with its secrets replaced by three bullets.
function Remove-Secret {
    param([string] $Text)
    $mark = [string] [char] 0x2022 * 3
    foreach ($scrub in $scrubs) {
        $replacement = $scrub.Replacement.Replace('@@', $mark)
        if ($scrub.IgnoreCase) { $Text = $Text -ireplace $scrub.Pattern, $replacement }
        else { $Text = $Text -creplace $scrub.Pattern, $replacement }
    }
    return $Text
}

# Whether a name of an element, an attribute or a key says that it holds a secret.
function Test-SecretName {
    param([string] $Name)
    return ($Name -match $secretWords) -and ($Name -notmatch $openName)
}

# A text of XML without its secrets; all of it is one where its name says so.
function Hide-Text {
    param([string] $Text, [bool] $IsSecret)
    if ($IsSecret -and ($Text -notmatch $noSecret)) { return [string] [char] 0x2022 * 3 }
    return Remove-Secret $Text
}

# Takes the secrets out of an element and all below it.
function Hide-Node {
    param($Node, [bool] $IsSecret)
    $isCalled = $false
    $attributes = @()
    if ($null -ne $Node.Attributes) { $attributes = @($Node.Attributes) }
    foreach ($attribute in $attributes) {
        if ((@('key', 'name') -contains $attribute.LocalName) -and (Test-SecretName $attribute.Value)) { $isCalled = $true }
    }
    foreach ($attribute in $attributes) {
        $isName = @('key', 'name', 'type', 'serializeAs') -contains $attribute.LocalName
        $hides = (Test-SecretName $attribute.LocalName) -or (($isCalled -or $IsSecret) -and (-not $isName))
        $without = Hide-Text -Text $attribute.Value -IsSecret $hides
        if ($without -cne $attribute.Value) { $attribute.Value = $without }
    }
    $children = @($Node.ChildNodes)
    $elements = @($children | Where-Object { $_.NodeType -eq 'Element' })
    $inner = $IsSecret -or $isCalled -or (($elements.Count -eq 0) -and (Test-SecretName $Node.LocalName))
    foreach ($child in $children) {
        if ($child.NodeType -eq 'Element') { Hide-Node -Node $child -IsSecret $inner }
        elseif (@('Text', 'CDATA', 'Comment') -contains "$($child.NodeType)") {
            $without = Hide-Text -Text $child.Value -IsSecret $inner
            if ($without -cne $child.Value) { $child.Value = $without }
        }
    }
}

# A configuration without its secrets; $null for what is not well-formed or declares a document type.
function Remove-XmlSecret {
    param([string] $Text)
    if ($Text -match '<!DOCTYPE|<!ENTITY') { return $null }
    $document = New-Object System.Xml.XmlDocument
    $document.PreserveWhitespace = $true
    $document.XmlResolver = $null
    try { $document.LoadXml($Text.TrimStart([char] 0xFEFF)) }
    catch { return $null }
    $before = $document.OuterXml
    Hide-Node -Node $document -IsSecret $false
    $after = $document.OuterXml
    if ($after -ceq $before) { return $Text }
    return $after
}

# A value in the form of a recording, as it stands.
function ConvertTo-Value {
    param($Key, [string] $Name)
    $data = $Key.GetValue($Name, $null, [Microsoft.Win32.RegistryValueOptions]::DoNotExpandEnvironmentNames)
    $kind = "$($Key.GetValueKind($Name))"
    if ($kind -eq 'String') { return @{ type = 'REG_SZ'; data = "$data" } }
    if ($kind -eq 'ExpandString') { return @{ type = 'REG_EXPAND_SZ'; data = "$data" } }
    if ($kind -eq 'MultiString') { return @{ type = 'REG_MULTI_SZ'; data = @($data) } }
    if ($kind -eq 'DWord') {
        return @{ type = 'REG_DWORD'; data = [BitConverter]::ToUInt32([BitConverter]::GetBytes([int] $data), 0) }
    }
    if ($kind -eq 'QWord') {
        $number = [BitConverter]::ToUInt64([BitConverter]::GetBytes([long] $data), 0)
        # Beyond 2^53 JSON readers lose digits.
        if ($number -gt 9007199254740991) { return @{ type = 'REG_QWORD'; data = "$number" } }
        return @{ type = 'REG_QWORD'; data = $number }
    }
    if (($kind -eq 'Binary') -or ($kind -eq 'None')) {
        $hex = ''
        if ($null -ne $data) { $hex = ([BitConverter]::ToString([byte[]] $data) -replace '-', '').ToLower() }
        $type = 'REG_BINARY'
        if ($kind -eq 'None') { $type = 'REG_NONE' }
        return @{ type = $type; data = $hex }
    }
    return @{ type = 'REG_UNKNOWN'; redacted = $true; looksEncrypted = $false }
}

# A value without its text where that is, or may be, a secret.
function Hide-Secret {
    param([string] $Path, [string] $Name, $Value)
    if (-not $Value.ContainsKey('data')) { return $Value }
    $hidden = ($Name -match $secretName) -or ($Path -match $userServiceKey)
    if ((-not $hidden) -or ($openNames -contains $Name)) { return $Value }
    if (($Value.type -eq 'REG_DWORD') -or ($Value.type -eq 'REG_QWORD')) { return $Value }
    if (@($Value.data).Count -eq 0) { return $Value }
    $text = ''
    if ($Value.data -is [string]) {
        if ($Value.data -eq '') { return $Value }
        $text = $Value.data
    }
    return @{ type = $Value.type; redacted = $true; looksEncrypted = (Test-LooksEncrypted $text) }
}

# A key of the 64-bit view, opened to read; $null when it is not there. Throws when it is closed.
function Open-Key {
    param([string] $Path)
    $hive = 'LocalMachine'
    if ($Path -like 'HKU\*') { $hive = 'Users' }
    $base = [Microsoft.Win32.RegistryKey]::OpenBaseKey($hive, 'Registry64')
    return $base.OpenSubKey($Path.Substring($Path.IndexOf('\') + 1), $false)
}

# A key with its own values in the form of a recording.
function Read-Key {
    param([string] $Path)
    try {
        $key = Open-Key $Path
        if ($null -eq $key) { return @{ state = 'absent' } }
        $values = @{}
        foreach ($name in $key.GetValueNames()) {
            $values[$name] = Hide-Secret -Path $Path -Name $name -Value (ConvertTo-Value -Key $key -Name $name)
        }
        return @{ state = 'present'; values = $values }
    }
    catch {
        $denied = $_.Exception.GetBaseException() -is [System.Security.SecurityException]
        $denied = $denied -or ($_.Exception.GetBaseException() -is [System.UnauthorizedAccessException])
        if ($denied) { return @{ state = 'unreadable'; reason = 'access denied' } }
        return @{ state = 'unreadable'; reason = Get-Reason $_ }
    }
}

# The text of a value of a key that was read; '' when there is none.
function Get-Text {
    param($Key, [string] $Name)
    if ($Key.state -ne 'present') { return '' }
    if (-not $Key.values.ContainsKey($Name)) { return '' }
    $value = $Key.values[$Name]
    if (-not $value.ContainsKey('data')) { return '' }
    if ($value.data -is [string]) { return $value.data.Trim() }
    return ''
}

# Windows Installer's packed form of a product code.
function ConvertTo-PackedCode {
    param([string] $Code)
    $digits = $Code -replace '[{}-]', ''
    $packed = ''
    foreach ($part in @($digits.Substring(0, 8), $digits.Substring(8, 4), $digits.Substring(12, 4))) {
        $chars = $part.ToCharArray()
        [array]::Reverse($chars)
        $packed += -join $chars
    }
    return ($packed + ($digits.Substring(16) -replace '(.)(.)', '$2$1')).ToUpper()
}

# A path as it is opened: it is recorded as the registry has it, and looked up by that.
function Expand-Path {
    param([string] $Path)
    return [Environment]::ExpandEnvironmentVariables($Path)
}

# The program in an ImagePath, without quotes and arguments.
function Get-Executable {
    param([string] $ImagePath)
    $path = $ImagePath.Trim()
    if ($path -match '^"([^"]*)"') { return $Matches[1] }
    if ($path -match '^.*?\.exe(?=\s|$)') { return $Matches[0] }
    return ($path -split '\s')[0]
}

function Read-Text {
    param([string] $Path)
    try {
        $item = Get-Item -LiteralPath $Path -Force
        if ($item.Length -gt 4194304) { return @{ state = 'unreadable'; reason = 'it is larger than 4 MB' } }
        $text = [System.IO.File]::ReadAllText($item.FullName)
        $scrubbed = Remove-XmlSecret $text
        if ($null -eq $scrubbed) {
            return @{ state = 'unreadable'; reason = 'it is not well-formed XML, so that secrets in it cannot be told' }
        }
        return @{ state = 'present'; text = $scrubbed }
    }
    catch {
        if ($_.CategoryInfo.Category -eq 'ObjectNotFound') { return @{ state = 'absent' } }
        return @{ state = 'unreadable'; reason = Get-Reason $_ }
    }
}

# What the program's journals on this server say was changed; nothing where there are none.
function Read-Journal {
    $found = @()
    try {
        $folder = Join-Path -Path $env:SystemDrive -ChildPath 'ProgramData\MIM Mail Assistant\journal'
        $files = @(Get-ChildItem -LiteralPath $folder -Filter '*.journal' -ErrorAction SilentlyContinue)
        foreach ($file in @($files | Sort-Object -Property Name)) {
            $lines = @([System.IO.File]::ReadAllText($file.FullName) -split "`n" | Where-Object { $_.Trim() -ne '' })
            $first = $lines[0] | ConvertFrom-Json
            $head = $first.head | ConvertFrom-Json
            $endedAt = $head.at
            $state = 'open'
            $reason = $null
            foreach ($line in @($lines | Select-Object -Skip 1)) {
                $note = $null
                # A line torn off by a crash says nothing.
                try { $note = $line | ConvertFrom-Json }
                catch { continue }
                $endedAt = $note.at
                if ($note.note -eq 'end') {
                    $state = $note.state
                    $reason = $null
                    if ($null -ne $note.reason) { $reason = Remove-Secret "$($note.reason)" }
                }
            }
            $changes = @($head.entries | ForEach-Object { @{ address = "$($_.key)\$($_.name)" } })
            $entry = @{
                id = "$($head.id)"
                kind = "$($head.kind)"
                of = $head.of
                startedAt = $head.at
                endedAt = $endedAt
                state = $state
                reason = $reason
                changes = $changes
            }
            # Journals of earlier builds do not say who made them.
            $by = $head.PSObject.Properties['by']
            if ($null -ne $by) { $entry['by'] = "$($by.Value)" }
            $found += $entry
        }
    }
    catch {
        return @($found)
    }
    # From the newest on: an undo that was itself undone leaves what it undid in force.
    $undone = @{}
    $newest = @($found)
    [array]::Reverse($newest)
    foreach ($entry in $newest) {
        if ($entry.state -ne 'applied') { continue }
        if ($undone.ContainsKey($entry.id)) { $entry.state = 'undone' }
        elseif (($entry.kind -eq 'undo') -and ($null -ne $entry.of)) { $undone["$($entry.of)"] = $true }
    }
    return @($found)
}

# What the program keeps on this server of the installer's runs; nothing where there are none.
function Read-InstallerRun {
    try {
        $path = Join-Path -Path $env:SystemDrive -ChildPath 'ProgramData\MIM Mail Assistant\journal\installer-runs.json'
        $kept = [System.IO.File]::ReadAllText($path) | ConvertFrom-Json
        return @($kept.runs)
    }
    catch {
        return @()
    }
}

$registry = @{}
$codes = @()
$paths = @()

# Of the other programs installed nothing is kept, not even their names.
foreach ($root in $uninstallRoots) {
    try {
        $listed = Open-Key $root
        if ($null -eq $listed) {
            $registry[$root] = @{ state = 'absent' }
            continue
        }
        $registry[$root] = @{ state = 'present'; values = @{} }
        foreach ($name in @($listed.GetSubKeyNames() | Where-Object { $_.StartsWith('{') })) {
            $key = Read-Key "$root\$name"
            if ($key.state -eq 'unreadable') {
                $registry["$root\$name"] = $key
                $registry[$root] = @{ state = 'unreadable'; reason = 'one of its entries could not be read' }
                continue
            }
            $display = (Get-Text $key 'DisplayName').ToLower()
            if (-not $display.Contains('identity manager')) { continue }
            $registry["$root\$name"] = $key
            if ($productNames -notcontains ($display -replace '\s+', ' ')) { continue }
            $source = Get-Text $key 'InstallSource'
            if ($source -ne '') { $paths += $source }
            $codeText = "$name $(Get-Text $key 'UninstallString')"
            if ($codeText -match '\{[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}') { $codes += $Matches[0] }
        }
    }
    catch {
        $registry[$root] = @{ state = 'unreadable'; reason = Get-Reason $_ }
    }
}

foreach ($path in $fixedKeys) { $registry[$path] = Read-Key $path }

foreach ($code in @($codes | Select-Object -Unique)) {
    $path = "$installerProductsKey\$(ConvertTo-PackedCode $code)\InstallProperties"
    $registry[$path] = Read-Key $path
    foreach ($name in @('LocalPackage', 'InstallSource')) {
        $found = Get-Text $registry[$path] $name
        if ($found -ne '') { $paths += $found }
    }
}

$texts = @{}
$image = Get-Text $registry[$serviceKey] 'ImagePath'
if ($image -ne '') {
    $executable = Get-Executable $image
    $paths += $executable
    $texts["$executable.config"] = Read-Text (Expand-Path "$executable.config")
}

$files = @{}
foreach ($path in @($paths | Select-Object -Unique)) {
    $file = Read-FileVersion (Expand-Path $path)
    $file.Remove('path')
    $files[$path] = $file
}

$accounts = @{}
$account = Get-Text $registry[$serviceKey] 'ObjectName'
if ($account -ne '') {
    $found = Read-Account $account
    $found.Remove('name')
    $accounts[$account] = $found
    if ($found.state -eq 'present') {
        $path = "HKU\$($found.sid)\$hiveKeyTail"
        $hives = @([Microsoft.Win32.RegistryKey]::OpenBaseKey('Users', 'Registry64').GetSubKeyNames())
        if ($hives -contains $found.sid) { $registry[$path] = Read-Key $path }
        else { $registry[$path] = @{ state = 'unreadable'; reason = "the account's hive is not loaded" } }
    }
}

$windows = Read-Windows
$windowsStart = $null
if ($null -ne $windows.startedAt) { $windowsStart = [datetime] $windows.startedAt }
$events = $null
try { $events = Read-Events $windowsStart }
catch { $events = @{ state = 'unreadable'; reason = Get-Reason $_ } }
if ($events.state -eq 'present') {
    foreach ($item in $events.items) { $item.text = Remove-Secret $item.text }
}

$services = @{}
foreach ($name in $fixedServices) { $services[$name] = Read-Service $name }

$recording = @{
    format = 'mim-mail-recording'
    version = 1
    recordedAt = ConvertTo-Moment (Get-Date)
    computer = (Read-ComputerName)
    windows = $windows
    registry = $registry
    services = $services
    files = $files
    texts = $texts
    accounts = $accounts
    events = $events
    updates = (Read-Updates)
    journal = @(Read-Journal)
    installerRuns = @(Read-InstallerRun)
    cloud = $null
    tools = @("Collected with collect.ps1 in Windows PowerShell $($PSVersionTable.PSVersion).")
}
$json = $recording | ConvertTo-Json -Depth 10 -Compress
if ($OutFile -eq '') { Write-Output $json }
else { Set-Content -LiteralPath $OutFile -Value $json -Encoding UTF8 }
