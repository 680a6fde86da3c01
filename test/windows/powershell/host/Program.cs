// PowerShell's engine behind the switches of powershell.exe that the product uses: -File, -Command, -EncodedCommand.
// With -Session it runs one script after the other, each in a runspace of its own: a job a line of JSON on its standard
// input, an answer a line of JSON on its standard output. With -Service NAME it is a service that does nothing.
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.ServiceProcess;
using System.Text;
using System.Text.Json;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("windows")]

var standIns = Environment.GetEnvironmentVariable("POWERSHELL_STAND_INS");
var utf8 = new UTF8Encoding(false);
var output = new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = true };
var errors = new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true };

string? file = null, text = null, service = null;
var session = false;
string[] rest = [];
for (var at = 0; at < args.Length && file is null && text is null; at++)
{
    switch (args[at].ToLowerInvariant())
    {
        case "-file": file = args[at + 1]; rest = args[(at + 2)..]; break;
        case "-command": text = string.Join(' ', args[(at + 1)..]); break;
        case "-encodedcommand": text = Encoding.Unicode.GetString(Convert.FromBase64String(args[at + 1])); break;
        case "-service": service = args[++at]; break;
        case "-session": session = true; break;
        case "-executionpolicy" or "-inputformat" or "-outputformat" or "-windowstyle": at++; break;
        case "-noprofile" or "-noninteractive" or "-nologo": break;
        // As powershell.exe: what is no switch of its own is no command of ours.
        default: errors.WriteLine($"{args[at]} is not a switch this PowerShell knows"); return 64;
    }
}

if (service is not null)
{
    ServiceBase.Run(new IdleService(service));
    return 0;
}
if (session)
{
    var lines = new StreamReader(Console.OpenStandardInput(), utf8);
    while (lines.ReadLine() is { } line)
    {
        var job = JsonSerializer.Deserialize<Job>(line, Job.Form)!;
        List<string> said = [], failed = [];
        var code = Run(job, said.Add, failed.Add);
        output.WriteLine(JsonSerializer.Serialize(new { code, output = said, errors = failed }));
    }
    return 0;
}
if (text == "-") text = new StreamReader(Console.OpenStandardInput(), utf8).ReadToEnd();
return Run(new Job(file, text, rest, standIns, []), output.WriteLine, errors.WriteLine);

// Runs a job; gives its exit code as powershell.exe would: that of `exit`, 1 for an error that ended it, else 0.
static int Run(Job job, Action<string> say, Action<string> fail)
{
    var state = InitialSessionState.CreateDefault();
    state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
    var host = new Host(say, fail, new Queue<string>(job.Answers ?? []));
    using var runspace = RunspaceFactory.CreateRunspace(host, state);
    runspace.Open();
    using var shell = PowerShell.Create(runspace);
    if (!string.IsNullOrEmpty(job.StandIns))
    {
        shell.AddScript(". '" + job.StandIns.Replace("'", "''") + "'", false).Invoke();
        shell.Commands.Clear();
    }
    shell.Streams.ClearStreams();
    if (job.File is not null) shell.AddCommand(job.File);
    else shell.AddScript(job.Text ?? "", false);
    foreach (var (name, value) in Parameters(job.Arguments ?? []))
    {
        if (name is null) shell.AddArgument(value);
        else if (value is null) shell.AddParameter(name);
        else shell.AddParameter(name, value);
    }
    var results = new PSDataCollection<PSObject>();
    results.DataAdded += (_, added) => say($"{results[added.Index]}");
    shell.Streams.Error.DataAdded += (_, added) => fail($"{shell.Streams.Error[added.Index]}");
    try
    {
        shell.Invoke(null, results);
    }
    catch (RuntimeException error)
    {
        fail(error.ErrorRecord?.ToString() ?? error.Message);
        return host.ExitCode ?? 1;
    }
    return host.ExitCode ?? (runspace.SessionStateProxy.GetVariable("LASTEXITCODE") as int?) ?? 0;
}

// -Name value, -Name alone, -Name:value, or a value alone, as the command line has them.
static IEnumerable<(string? Name, string? Value)> Parameters(IReadOnlyList<string> arguments)
{
    for (var at = 0; at < arguments.Count; at++)
    {
        var one = arguments[at];
        if (!one.StartsWith('-')) yield return (null, one);
        else if (at + 1 < arguments.Count && !arguments[at + 1].StartsWith('-')) yield return (one[1..], arguments[++at]);
        else yield return (one[1..], null);
    }
}

record Job(string? File, string? Text, string[]? Arguments, string? StandIns, string[]? Answers)
{
    public static readonly JsonSerializerOptions Form = new() { PropertyNameCaseInsensitive = true };
}

sealed class IdleService : ServiceBase
{
    public IdleService(string name) => ServiceName = name;
}

// A console: what a script writes past its output, the exit code it asks for, and answers for what it asks a person.
sealed class Host(Action<string> say, Action<string> fail, Queue<string> answers) : PSHost
{
    public int? ExitCode { get; private set; }
    public override string Name => "ConsoleHost";
    public override Version Version => new(7, 6);
    public override Guid InstanceId { get; } = Guid.NewGuid();
    public override System.Globalization.CultureInfo CurrentCulture => System.Globalization.CultureInfo.InvariantCulture;
    public override System.Globalization.CultureInfo CurrentUICulture => System.Globalization.CultureInfo.InvariantCulture;
    public override PSHostUserInterface UI { get; } = new Face(say, fail, answers);
    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;
    public override void EnterNestedPrompt() => throw new PSNotSupportedException();
    public override void ExitNestedPrompt() => throw new PSNotSupportedException();
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
}

sealed class Face(Action<string> say, Action<string> fail, Queue<string> answers) : PSHostUserInterface
{
    public override PSHostRawUserInterface? RawUI => null;
    public override void Write(string value) => say(value);
    public override void Write(ConsoleColor front, ConsoleColor back, string value) => say(value);
    public override void WriteLine(string value) => say(value);
    public override void WriteErrorLine(string value) => fail(value);
    public override void WriteDebugLine(string message) { }
    public override void WriteVerboseLine(string message) { }
    public override void WriteWarningLine(string message) => say("WARNING: " + message);
    public override void WriteProgress(long sourceId, ProgressRecord record) { }
    public override string ReadLine() => throw new PSInvalidOperationException("nobody is there to ask");
    public override System.Security.SecureString ReadLineAsSecureString() => throw new PSInvalidOperationException("nobody is there to ask");
    public override Dictionary<string, PSObject> Prompt(string caption, string message, System.Collections.ObjectModel.Collection<FieldDescription> fields) =>
        throw new PSInvalidOperationException("nobody is there to ask");
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new PSInvalidOperationException("nobody is there to ask");
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowed, PSCredentialUIOptions options) =>
        throw new PSInvalidOperationException("nobody is there to ask");
    public override int PromptForChoice(string caption, string message, System.Collections.ObjectModel.Collection<ChoiceDescription> choices, int defaultChoice)
    {
        if (!answers.TryDequeue(out var answer)) throw new PSInvalidOperationException("nobody is there to ask");
        var chosen = choices.Select(choice => choice.Label.Replace("&", "")).ToList().IndexOf(answer);
        return chosen >= 0 ? chosen : throw new PSInvalidOperationException($"there is no choice {answer}");
    }
}
