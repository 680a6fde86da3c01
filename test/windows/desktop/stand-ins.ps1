# What Windows has and Wine has not, for PowerShell under Wine: CIM, the event log, the service of MIM, and elevation. The
# server is described in C:\stand-in\server.json; what a stand-in changes, it changes there.
$standInServer = 'C:\stand-in\server.json'
function Get-StandIn { Get-Content -LiteralPath $standInServer -Raw | ConvertFrom-Json }
function Set-StandIn {
    param([scriptblock] $Change)
    $server = Get-StandIn
    & $Change $server
    Set-Content -LiteralPath $standInServer -Value ($server | ConvertTo-Json -Depth 10)
}
function Get-CimInstance {
    param([string] $ClassName, [string] $Filter)
    $server = Get-StandIn
    switch ($ClassName) {
        'Win32_OperatingSystem' {
            [pscustomobject] @{ Caption = $server.windows.caption; Version = $server.windows.build; LastBootUpTime = [datetime] $server.windows.startedAt }
        }
        'Win32_Service' {
            if ($Filter -eq "Name='FIMService'") {
                [pscustomobject] @{ Name = 'FIMService'; State = $server.service.status; ProcessId = 77; StartName = $server.service.account }
            }
        }
        'Win32_Process' { [pscustomobject] @{ CreationDate = [datetime] $server.service.startedAt } }
        'Win32_QuickFixEngineering' { }
        default { throw "$ClassName is not in this stand-in" }
    }
}
function Get-WinEvent {
    param($FilterHashtable, $MaxEvents, $ListProvider, $ListLog, $ErrorAction)
    $server = Get-StandIn
    if ($ListProvider) { return [pscustomobject] @{ Name = 'Microsoft.ResourceManagement.ServiceHealthSource' } }
    if ($ListLog) { return }
    foreach ($item in @($server.events)) {
        if ($FilterHashtable.ContainsKey('Id') -and ($item.id -ne $FilterHashtable.Id)) { continue }
        if ($FilterHashtable.StartTime -gt [datetime] $item.at) { continue }
        [pscustomobject] @{
            LogName = $item.log; RecordId = $item.record; ProviderName = $item.provider; Id = $item.id; Level = 2
            TimeCreated = [datetime] $item.at; Message = $item.text; Properties = @()
        }
    }
}
function Get-Service {
    param([string] $Name)
    [pscustomobject] @{ Name = $Name; Status = (Get-StandIn).service.status; DependentServices = @() }
}
function Stop-Service {
    param([string] $Name, [switch] $NoWait, [switch] $Confirm)
    Set-StandIn { param($server) $server.service.status = 'Stopped' }
}
function Start-Service {
    param([string] $Name, [switch] $Confirm)
    Set-StandIn { param($server) $server.service.status = 'Running'; $server.service.startedAt = (Get-Date).ToUniversalTime().ToString('s') + 'Z' }
    # As MIM does with values of Exchange Online: it signs in, and keeps its token under its own account.
    $place = 'SOFTWARE\Microsoft\Forefront Identity Manager\2010\Service'
    $values = Get-Item -LiteralPath "Registry::HKEY_LOCAL_MACHINE\$place"
    if (@($values.GetValueNames()) -like '*ApplicationId') {
        $hive = "Registry::HKEY_USERS\$((Get-StandIn).service.sid)\$place"
        Set-ItemProperty -LiteralPath $hive -Name 'ExchangeOnlineAccessToken' -Value 'AQAAANCMnd8BFdERjHoAwE/Cl+sBAAAAcHJhY3RpY2Ugc2VydmVy'
    }
}
# The rights that icacls.exe is asked for, which Wine cannot give: the folders of the journals have them.
function Get-Acl {
    param([string] $LiteralPath)
    [pscustomobject] @{ Sddl = 'O:BAG:BAD:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;0x1200a9;;;BU)' }
}
# A yes to Windows' question, unless the server says otherwise: the program runs with the rights of an administrator then.
function Start-Process {
    param($FilePath, $ArgumentList, $WorkingDirectory, $Verb, $WindowStyle, [switch] $PassThru)
    if ($Verb -ne 'RunAs') { throw 'only elevation is asked for here' }
    Add-Content -LiteralPath 'C:\stand-in\prompts.txt' -Value $ArgumentList
    while (Test-Path -LiteralPath 'C:\stand-in\waits.txt') { Start-Sleep -Milliseconds 100 }
    if (Test-Path -LiteralPath 'C:\stand-in\declines.txt') { throw ([System.ComponentModel.Win32Exception] 1223).Message }
    $start = New-Object -TypeName System.Diagnostics.ProcessStartInfo
    $start.FileName = $FilePath
    $start.Arguments = $ArgumentList
    $start.WorkingDirectory = $WorkingDirectory
    $start.UseShellExecute = $false
    $start.Environment['STAND_IN_LEVEL'] = 'high'
    [System.Diagnostics.Process]::Start($start)
}
