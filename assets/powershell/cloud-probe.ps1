#Requires -Version 5.1
<#
.SYNOPSIS
    Says whether this server reaches two of Microsoft's hosts through .NET Framework and SCHANNEL. Changes nothing.
.DESCRIPTION
    For each host: one request without any sign-in, through the proxy that .NET Framework takes, and one TLS handshake
    that says which version was agreed on. No secret is given to this script and none is sent. Any answer of the host,
    whatever its status, is a success: the name was found, the proxy passed it, the certificate was accepted.
    Windows PowerShell runs on .NET Framework 4. What the service of MIM does on CLR 2.0 is not proved by it.
    Writes one line of JSON for the runtime, one for each host, and one at the end.
.PARAMETER Authority
    The host that signs applications in.
.PARAMETER Exchange
    The host of Exchange Web Services.
.PARAMETER TimeLimit
    How many milliseconds each connection may take.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)] [ValidatePattern('^[a-z0-9][a-z0-9.-]{1,200}$')] [string] $Authority,
    [Parameter(Mandatory = $true)] [ValidatePattern('^[a-z0-9][a-z0-9.-]{1,200}$')] [string] $Exchange,
    [ValidateRange(1000, 20000)] [int] $TimeLimit = 4000
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# Only Windows' own modules: a folder of the user's could hold one of the same name.
$env:PSModulePath = Join-Path -Path $PSHOME -ChildPath 'Modules'
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

# The reason of an error on one line.
function Get-Reason {
    param($ErrorRecord)
    $text = "$($ErrorRecord.Exception.GetBaseException().Message)" -replace '\s+', ' '
    if ($text.Length -gt 300) { $text = $text.Substring(0, 300) }
    return $text
}

# The WebException in an error, or $null: PowerShell wraps what a method throws.
function Get-WebException {
    param($ErrorRecord)
    $current = $ErrorRecord.Exception
    while ($null -ne $current) {
        if ($current -is [System.Net.WebException]) { return $current }
        $current = $current.InnerException
    }
    return $null
}

# The proxy .NET Framework takes for an address, or $null for none.
function Get-Proxy {
    param([uri] $Address)
    $proxy = [System.Net.WebRequest]::DefaultWebProxy
    if ($null -eq $proxy) { return $null }
    if ($proxy.IsBypassed($Address)) { return $null }
    $found = $proxy.GetProxy($Address)
    if (($null -eq $found) -or ($found.Host -eq $Address.Host)) { return $null }
    return $found
}

# Which version of TLS is agreed on with a host, directly or through a proxy that is not signed in to.
function Get-TlsVersion {
    param([string] $Name, $Proxy)
    $client = New-Object -TypeName System.Net.Sockets.TcpClient
    try {
        $to = $Name
        $port = 443
        if ($null -ne $Proxy) {
            $to = $Proxy.Host
            $port = $Proxy.Port
        }
        $connecting = $client.BeginConnect($to, $port, $null, $null)
        if (-not $connecting.AsyncWaitHandle.WaitOne($TimeLimit)) { throw 'no connection in time' }
        $client.EndConnect($connecting)
        $client.ReceiveTimeout = $TimeLimit
        $client.SendTimeout = $TimeLimit
        $stream = $client.GetStream()
        if ($null -ne $Proxy) {
            $line = "CONNECT ${Name}:443 HTTP/1.1`r`nHost: ${Name}:443`r`n`r`n"
            $bytes = [System.Text.Encoding]::ASCII.GetBytes($line)
            $stream.Write($bytes, 0, $bytes.Length)
            $answer = ''
            while (-not $answer.EndsWith("`r`n`r`n")) {
                $byte = $stream.ReadByte()
                if (($byte -lt 0) -or ($answer.Length -gt 8192)) { throw 'the proxy gave no answer' }
                $answer += [char] $byte
            }
            if ($answer -notmatch '^HTTP/1\.[01] 200 ') { throw 'the proxy refused' }
        }
        # What .NET Framework offers by itself here; 0 leaves it to Windows.
        $offered = [System.Security.Authentication.SslProtocols] [int] [System.Net.ServicePointManager]::SecurityProtocol
        $secure = New-Object -TypeName System.Net.Security.SslStream -ArgumentList $stream, $false
        $secure.AuthenticateAsClient($Name, $null, $offered, $false)
        return "$($secure.SslProtocol)"
    }
    catch {
        return $null
    }
    finally {
        $client.Close()
    }
}

function Read-HostAnswer {
    param([string] $Name)
    $address = [uri] "https://$Name/"
    $step = @{
        step = 'host'
        host = $Name
        ok = $false
        status = $null
        proxy = $null
        tls = $null
        issuer = $null
        fault = $null
        reason = $null
    }
    $proxy = $null
    $request = $null
    try {
        $proxy = Get-Proxy $address
        if ($null -ne $proxy) { $step.proxy = "$($proxy.Host):$($proxy.Port)" }
        $request = [System.Net.WebRequest]::Create($address)
        $request.Method = 'GET'
        $request.AllowAutoRedirect = $false
        $request.KeepAlive = $false
        $request.Timeout = $TimeLimit
        $request.ReadWriteTimeout = $TimeLimit
        $request.UserAgent = 'MIM-Mail-Assistant'
        $response = $request.GetResponse()
        $step.status = [int] $response.StatusCode
        $step.ok = $true
        $response.Close()
    }
    catch {
        $web = Get-WebException $_
        $step.fault = 'Other'
        $step.reason = Get-Reason $_
        if ($null -ne $web) {
            $step.fault = "$($web.Status)"
            if ($null -ne $web.Response) {
                $step.status = [int] $web.Response.StatusCode
                $web.Response.Close()
                # The host itself answered: that is all that is asked. 407 is the proxy's.
                if ($step.status -ne 407) {
                    $step.ok = $true
                    $step.fault = $null
                    $step.reason = $null
                }
            }
        }
    }
    if (($null -ne $request) -and ($null -ne $request.ServicePoint.Certificate)) {
        $step.issuer = "$($request.ServicePoint.Certificate.Issuer)"
    }
    if ($step.ok) { $step.tls = Get-TlsVersion -Name $Name -Proxy $proxy }
    return $step
}

Write-Step @{
    step = 'runtime'
    languageMode = "$($ExecutionContext.SessionState.LanguageMode)"
    powershell = "$($PSVersionTable.PSVersion)"
    clr = "$($PSVersionTable['CLRVersion'])"
}
if ($fullLanguage) {
    foreach ($name in @($Authority, $Exchange)) { Write-Step (Read-HostAnswer $name) }
}
Write-Step @{ step = 'done' }
