# What stands for PowerShell remoting and for what Wine does not have. Invoke-Command runs its file on this computer, or
# fails in the way the computer's name says, with the error ids of PowerShell's own.
function Get-CimInstance {
    param([string] $ClassName, [string] $Filter)
    if ($ClassName -eq 'Win32_OperatingSystem') {
        return [pscustomobject] @{ Caption = 'Microsoft Windows Server 2022 Standard'; Version = '10.0.20348'; LastBootUpTime = (Get-Date).AddDays(-3) }
    }
}
function Get-WinEvent { param($FilterHashtable, $MaxEvents, $ListProvider, $ListLog) }
function Invoke-Command {
    [CmdletBinding()]
    param([string[]] $ComputerName, [string] $FilePath, $SessionOption)
    if (-not $SessionOption.NoMachineProfile) { throw 'the session would make a profile' }
    if ($SessionOption.MaximumReceivedObjectSize -ne 67108864) { throw 'what is received has no limit' }
    $ids = @{
        'MIM-UNKNOWN' = 'ComputerNotFound'; 'MIM-OFF' = 'CannotConnect'; 'MIM-DENIED' = 'AccessDenied'
        'MIM-WORKGROUP' = 'ServerNotTrusted'; 'MIM-SLOW' = 'WinRMOperationTimeout'; 'MIM-OLD' = 'IncorrectProtocolVersion'
    }
    $name = $ComputerName[0]
    if ($ids.ContainsKey($name)) {
        $fault = New-Object System.Exception "Connecting to remote server $name failed"
        $PSCmdlet.ThrowTerminatingError((New-Object System.Management.Automation.ErrorRecord $fault, "$($ids[$name]),PSSessionStateBroken", OpenError, $name))
    }
    if ($name -eq 'MIM-HANGS') { Start-Sleep -Seconds 600 }
    if ($name -eq 'MIM-FORGED') { return '{"format":"mim-mail-recording","version":1,"computer":' }
    if ($name -eq 'MIM-TWICE') { return 'one', 'two' }
    if ($name -eq 'MIM-OBJECT') { return [pscustomobject] @{ format = 'mim-mail-recording' } }
    $text = [System.IO.File]::ReadAllText($FilePath)
    if ($name -eq 'MIM-LOCKED') {
        $ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
        # A script block keeps the mode it was made in.
        return Invoke-Expression $text
    }
    & ([scriptblock]::Create($text))
}
