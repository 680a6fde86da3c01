#Requires -Version 5.1
<#
.SYNOPSIS
    Says whether this server reaches an SMTP relay through .NET Framework and SCHANNEL. Changes nothing, sends nothing.
.DESCRIPTION
    Looks the name up, connects, reads the greeting, says EHLO, and where that is asked for makes the TLS handshake of
    STARTTLS with what .NET Framework offers by itself; then QUIT. No sender and no recipient is named.
    Windows PowerShell runs on .NET Framework 4. What the service of MIM does on CLR 2.0 is not proved by it.
    Writes one line of JSON for the runtime, one for the relay, and one at the end.
.PARAMETER Relay
    The relay's name or address.
.PARAMETER Port
    Its port.
.PARAMETER Name
    How this computer calls itself in EHLO.
.PARAMETER StartTls
    Makes the TLS handshake; without it the conversation stays in clear.
.PARAMETER TimeLimit
    How many milliseconds each part may take.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)] [ValidatePattern('^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$|^[0-9A-Fa-f:.]{2,45}$')] [string] $Relay,
    [Parameter(Mandatory = $true)] [ValidateRange(1, 65535)] [int] $Port,
    [Parameter(Mandatory = $true)] [ValidatePattern('^[A-Za-z0-9.-]{1,255}$')] [string] $Name,
    [switch] $StartTls,
    [ValidateRange(100, 30000)] [int] $TimeLimit = 20000
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# Only Windows' own modules: a folder of the user's could hold one of the same name.
$env:PSModulePath = Join-Path -Path $PSHOME -ChildPath 'Modules'
$notSmtp = 'the reply is none of SMTP'
$script:distrust = 'None'
$fullLanguage = $ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage'

# One line of JSON, ASCII: the output is in the console's code page, which has not every character.
function Write-Step {
    param([hashtable] $Step)
    $line = ''
    foreach ($char in ($Step | ConvertTo-Json -Compress).ToCharArray()) {
        if ([int] $char -gt 126) { $line += '\u{0:x4}' -f [int] $char }
        else { $line += $char }
    }
    Write-Output $line
}

# What failed, without PowerShell's own wrapping around it.
function Get-Cause {
    param($ErrorRecord)
    $current = $ErrorRecord.Exception
    while (($current -is [System.Management.Automation.RuntimeException]) -and ($null -ne $current.InnerException)) {
        $current = $current.InnerException
    }
    return $current
}

# The reason of an error on one line.
function Get-Reason {
    param($Cause)
    $text = "$($Cause.GetBaseException().Message)" -replace '\s+', ' '
    if ($text.Length -gt 300) { $text = $text.Substring(0, 300) }
    return $text
}

# The code of the socket in an error, or ''.
function Get-SocketCode {
    param($Cause)
    $base = $Cause.GetBaseException()
    if ($base -is [System.Net.Sockets.SocketException]) { return "$($base.SocketErrorCode)" }
    return ''
}

# A connection to the first of the relay's addresses that takes one.
function Open-Connection {
    param([System.Net.IPAddress[]] $Addresses)
    $last = $null
    foreach ($address in ($Addresses | Select-Object -First 4)) {
        $client = New-Object -TypeName System.Net.Sockets.TcpClient -ArgumentList $address.AddressFamily
        try {
            $connecting = $client.BeginConnect($address, $Port, $null, $null)
            if (-not $connecting.AsyncWaitHandle.WaitOne($TimeLimit)) { throw 'no connection in time' }
            $client.EndConnect($connecting)
            return $client
        }
        catch {
            $last = Get-Cause $_
            $client.Close()
        }
    }
    throw $last
}

# Whole replies of the relay; a relay that talks on and on is cut off.
function Read-Reply {
    param($Stream)
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $line = ''
    $all = 0
    while ($true) {
        if ($watch.ElapsedMilliseconds -gt $TimeLimit) { throw (New-Object -TypeName System.TimeoutException) }
        $byte = $Stream.ReadByte()
        if ($byte -lt 0) { throw 'the relay closed the connection' }
        $all += 1
        if ($all -gt 8192) { throw 'the reply does not end' }
        if ($byte -ne 10) {
            if (($byte -ge 32) -and ($byte -le 126)) { $line += [char] $byte }
            continue
        }
        if ($line -notmatch '^[2-5][0-9][0-9]([ -]|$)') { throw $notSmtp }
        Write-Output $line
        if ($line -notmatch '^[0-9]{3}-') { return }
        $line = ''
    }
}

# Says a command, and gives the lines that answer it.
function Send-Command {
    param($Stream, [string] $Command)
    $bytes = [System.Text.Encoding]::ASCII.GetBytes("$Command`r`n")
    $Stream.Write($bytes, 0, $bytes.Length)
    return @(Read-Reply $Stream)
}

function Read-RelayAnswer {
    $step = @{ step = 'relay'; at = 'name'; fault = $null; reason = $null; tls = $null }
    $client = $null
    try {
        $addresses = [System.Net.Dns]::GetHostAddresses($Relay)
        $step.at = 'connection'
        $client = Open-Connection $addresses
        $client.ReceiveTimeout = $TimeLimit
        $client.SendTimeout = $TimeLimit
        $stream = $client.GetStream()
        $step.at = 'greeting'
        $reply = @(Read-Reply $stream)
        if (-not $reply[-1].StartsWith('220')) {
            $step.fault = 'Refused'
            $step.reason = $reply[-1]
            return $step
        }
        $step.at = 'hello'
        $reply = @(Send-Command $stream "EHLO $Name")
        $step.at = 'ready'
        if ($StartTls) {
            $step.at = 'tls'
            if (@($reply -match '^250[ -]STARTTLS\b').Count -eq 0) {
                $step.fault = 'Missing'
                return $step
            }
            $reply = @(Send-Command $stream 'STARTTLS')
            if (-not $reply[-1].StartsWith('220')) {
                $step.fault = 'Refused'
                $step.reason = $reply[-1]
                return $step
            }
            # What .NET Framework offers by itself here; 0 leaves it to Windows.
            $offered = [System.Security.Authentication.SslProtocols] [int] [System.Net.ServicePointManager]::SecurityProtocol
            # Takes what Windows takes, and remembers what it does not.
            $verdict = [System.Net.Security.RemoteCertificateValidationCallback] {
                param($from, $certificate, $chain, $faults)
                $script:distrust = "$faults"
                return $script:distrust -eq 'None'
            }
            $stream = New-Object -TypeName System.Net.Security.SslStream -ArgumentList $stream, $false, $verdict
            $stream.AuthenticateAsClient($Relay, $null, $offered, $false)
            $step.tls = "$($stream.SslProtocol)"
            $step.at = 'ready'
        }
        # Nothing hangs on how the relay takes its leave.
        try { Send-Command $stream 'QUIT' | Out-Null } catch { $null = $_ }
    }
    catch {
        $cause = Get-Cause $_
        $step.reason = Get-Reason $cause
        $code = Get-SocketCode $cause
        $step.fault = 'Other'
        if (($cause -is [System.TimeoutException]) -or ($code -eq 'TimedOut')) { $step.fault = 'TimedOut' }
        elseif ($code -eq 'ConnectionRefused') { $step.fault = 'ConnectionRefused' }
        elseif ($step.reason -eq $notSmtp) { $step.fault = 'NotSmtp' }
        elseif ($script:distrust -ne 'None') {
            $step.fault = 'Certificate'
            $step.reason = $script:distrust
        }
    }
    finally {
        if ($null -ne $client) { $client.Close() }
    }
    return $step
}

Write-Step @{
    step = 'runtime'
    languageMode = "$($ExecutionContext.SessionState.LanguageMode)"
    powershell = "$($PSVersionTable.PSVersion)"
    clr = "$($PSVersionTable['CLRVersion'])"
}
if ($fullLanguage) { Write-Step (Read-RelayAnswer) }
Write-Step @{ step = 'done' }
