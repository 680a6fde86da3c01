#Requires -Version 5.1
<#
.SYNOPSIS
    Tells whether Windows Installer is installing something now. Changes nothing.
.DESCRIPTION
    Windows Installer holds the mutex Global\_MSIExecute while it installs. Writes one word: running or none. When that
    cannot be told, in Constrained Language Mode for one, it ends with 1.
    Source: https://learn.microsoft.com/en-us/windows/win32/msi/-msiexecute-mutex
#>
[CmdletBinding()]
param()

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
# Only Windows' own modules: a folder of the user's could hold one of the same name.
$env:PSModulePath = Join-Path -Path $PSHOME -ChildPath 'Modules'

# The name of what a .NET call threw, without the exception that PowerShell wraps around it.
function Get-Fault {
    param($ErrorRecord)
    return $ErrorRecord.Exception.GetBaseException().GetType().Name
}

$answer = 'none'
try {
    $mutex = [System.Threading.Mutex]::OpenExisting('Global\_MSIExecute')
    try {
        # It may be there without being held.
        if ($mutex.WaitOne(0)) { $mutex.ReleaseMutex() }
        else { $answer = 'running' }
    }
    catch {
        # Whoever held it is gone.
        if ((Get-Fault $_) -ne 'AbandonedMutexException') { throw }
        $mutex.ReleaseMutex()
    }
    $mutex.Close()
}
catch {
    $fault = Get-Fault $_
    if ($fault -eq 'UnauthorizedAccessException') { $answer = 'running' }
    elseif ($fault -ne 'WaitHandleCannotBeOpenedException') { exit 1 }
}
Write-Output $answer
