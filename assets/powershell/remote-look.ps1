#Requires -Version 5.1
<#
.SYNOPSIS
    Runs collect.ps1 on another computer through PowerShell remoting and keeps its answer. Changes nothing there or here.
.DESCRIPTION
    As the signed-in person: no password is asked for, and none is kept. The session loads no profile on the other
    computer, so that none is made there. Why there is no answer is told by the error's id, which no language changes.
.PARAMETER ComputerName
    The computer's name. Only ever an argument: nothing of it is taken for code.
.PARAMETER ScriptPath
    collect.ps1 as it ships with the product.
.PARAMETER OutputPath
    The file the answer is written to, UTF-8, when there is one.
.PARAMETER FaultPath
    The JSON file that says why there is no answer.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)] [string] $ComputerName,
    [Parameter(Mandatory = $true)] [string] $ScriptPath,
    [Parameter(Mandatory = $true)] [string] $OutputPath,
    [Parameter(Mandatory = $true)] [string] $FaultPath
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# Only Windows' own modules: a folder of the user's could hold one of the same name.
$env:PSModulePath = Join-Path -Path $PSHOME -ChildPath 'Modules'

# In milliseconds.
$openLimit = 30000
# In bytes: a recording is refused above this as well.
$sizeLimit = 67108864

function Write-Fault {
    param([string] $ErrorId, [string] $Message)
    $text = ($Message -replace '\s+', ' ').Trim()
    if ($text.Length -gt 300) { $text = $text.Substring(0, 300) }
    $fault = @{ format = 'mim-mail-remote-fault'; version = 1; errorId = $ErrorId; message = $text }
    Set-Content -LiteralPath $FaultPath -Value ($fault | ConvertTo-Json -Compress) -Encoding UTF8
}

try {
    $limits = @{
        OpenTimeout = $openLimit
        MaximumReceivedDataSizePerCommand = $sizeLimit
        MaximumReceivedObjectSize = $sizeLimit
        NoMachineProfile = $true
    }
    $option = New-PSSessionOption @limits
    $answers = @(Invoke-Command -ComputerName $ComputerName -FilePath $ScriptPath -SessionOption $option -ErrorAction Stop)
    if (($answers.Count -eq 1) -and ($answers[0] -is [string])) {
        Set-Content -LiteralPath $OutputPath -Value $answers[0] -Encoding UTF8
    }
    else { Write-Fault -ErrorId 'MimMailAnswer' -Message "$($answers.Count) things came back, and not one text" }
}
catch {
    Write-Fault -ErrorId "$($_.FullyQualifiedErrorId)" -Message "$($_.Exception.Message)"
}
