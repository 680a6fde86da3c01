#Requires -Version 5.1
<#
.SYNOPSIS
    Restarts the service FIMService with the services that depend on it, and starts again whatever it stopped.
.DESCRIPTION
    Stops the dependents that run, then FIMService; starts FIMService, then those dependents. When something fails,
    everything that ran before is started again as far as it can be, and the failure is told. Needs elevation.
    Writes one line of JSON for each step; the last one says how it ended.
.PARAMETER TimeLimit
    How many seconds each stop and each start may take.
#>
[CmdletBinding()]
param(
    [ValidateRange(10, 600)] [int] $TimeLimit = 120
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# Only Windows' own modules: a folder of the user's could hold one of the same name.
$env:PSModulePath = Join-Path -Path $PSHOME -ChildPath 'Modules'
$serviceName = 'FIMService'

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

# Waits until a service is in a state; throws when it is not in time.
function Wait-Service {
    param([string] $Name, [string] $Status)
    $end = (Get-Date).AddSeconds($TimeLimit)
    while ("$((Get-Service -Name $Name).Status)" -ne $Status) {
        if ((Get-Date) -gt $end) {
            throw "$Name is not $($Status.ToLower()) after $TimeLimit seconds"
        }
        Start-Sleep -Milliseconds 250
    }
}

function Stop-One {
    param([string] $Name)
    Write-Step @{ step = 'stopping'; service = $Name }
    # Without -Force: a dependent that was started meanwhile makes this fail instead of being stopped unseen.
    Stop-Service -Name $Name -NoWait -Confirm:$false
    Wait-Service -Name $Name -Status 'Stopped'
}

function Start-One {
    param([string] $Name)
    if ("$((Get-Service -Name $Name).Status)" -eq 'Running') { return }
    Write-Step @{ step = 'starting'; service = $Name }
    Start-Service -Name $Name -Confirm:$false
    Wait-Service -Name $Name -Status 'Running'
}

# The names of the running services that depend on one, those nothing depends on first.
function Get-RunningDependent {
    param([string] $Name)
    $names = @()
    foreach ($dependent in @((Get-Service -Name $Name).DependentServices)) {
        if ("$($dependent.Status)" -eq 'Running') {
            $names += @(Get-RunningDependent -Name $dependent.Name)
            $names += $dependent.Name
        }
    }
    return @($names | Select-Object -Unique)
}

# What has to run again, in the order in which it is started.
$stopped = @()
try {
    $wasRunning = "$((Get-Service -Name $serviceName).Status)" -eq 'Running'
    $dependents = @(Get-RunningDependent -Name $serviceName)
    foreach ($name in $dependents) {
        $stopped = @($name) + $stopped
        Stop-One -Name $name
    }
    $stopped = @($serviceName) + $stopped
    if ($wasRunning) { Stop-One -Name $serviceName }
    foreach ($name in $stopped) { Start-One -Name $name }
    Write-Step @{ step = 'done'; service = $serviceName }
}
catch {
    $reason = "$($_.Exception.Message)" -replace '\s+', ' '
    $left = @()
    foreach ($name in $stopped) {
        try { Start-One -Name $name }
        catch { $left += "$($name): $("$($_.Exception.Message)" -replace '\s+', ' ')" }
    }
    Write-Step @{ step = 'failed'; service = $serviceName; reason = $reason; notRunning = ($left -join '; ') }
    exit 1
}
