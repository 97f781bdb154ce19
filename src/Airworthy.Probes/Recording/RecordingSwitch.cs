using System.Collections.Immutable;
using System.IO.Enumeration;
using System.Reflection;

namespace Airworthy.Probes.Recording;

/// <summary>
/// What is to be recorded in this process. <c>AIRWORTHY_RECORD</c> names methods and routes, with <c>*</c> for anything, separated by <c>;</c>; or, behind an <c>@</c>, a
/// file with one a line, which is read again whenever it changes. Without it nothing is recorded, and nothing of this is made.
/// </summary>
internal static class RecordingSwitch
{
    private const string Wanted = "AIRWORTHY_RECORD";
    private const string Folder = "AIRWORTHY_RECORDINGS";
    private const string Key = "AIRWORTHY_RECORDINGS_KEY";
    private const string Redact = "AIRWORTHY_REDACT";

    /// <summary>How often the file is looked at.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);

    /// <summary>Keeps the timer that looks at the file; also the lock.</summary>
    private static readonly List<Timer> s_timers = [];
    private static ImmutableArray<string> s_patterns = [];
    private static volatile RoutePattern[] s_routes = [];
    private static Recorder? s_current;
    private static bool s_isStarted;

    /// <summary>What records; null when nothing is wanted.</summary>
    public static Recorder? Current => Volatile.Read(ref s_current);

    /// <summary>A module was loaded: tells it which of its methods are wanted.</summary>
    public static void Tell(ModuleCounts counts)
    {
        lock (s_timers)
        {
            Start();
            if (s_current is not null)
            {
                Mark(counts);
            }
        }
    }

    /// <summary>What records requests; null when none can be wanted in this process.</summary>
    public static RouteRecorder? Routes()
    {
        lock (s_timers)
        {
            Start();
            return s_current?.Routes;
        }
    }

    /// <summary>True while requests like this are wanted.</summary>
    public static bool WantsRoute(string method, string path) => Array.Exists(s_routes, route => route.Names(method, path));

    /// <summary>Records what <paramref name="patterns"/> name from now on.</summary>
    public static void Set(Recorder recorder, ImmutableArray<string> patterns)
    {
        lock (s_timers)
        {
            s_isStarted = true;
            Volatile.Write(ref s_current, recorder);
            Take(patterns);
            foreach (var counts in ProbeRegistry.All())
            {
                Mark(counts);
            }
        }
    }

    /// <summary>True when a pattern names a method, by its full name or its documentation-comment id.</summary>
    public static bool Names(string pattern, string name, string id) =>
        FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)
        || FileSystemName.MatchesSimpleExpression(pattern, id, ignoreCase: false);

    private static void Take(ImmutableArray<string> patterns)
    {
        s_routes = [.. patterns.Select(RoutePattern.Parse).OfType<RoutePattern>()];
        s_patterns = [.. patterns.Where(pattern => RoutePattern.Parse(pattern) is null)];
    }

    private static void Mark(ModuleCounts counts)
    {
        for (var i = 0; i < counts.Methods; i++)
        {
            var method = counts.Tags[i].Method;
            counts.Wanted[i] = s_patterns.Any(pattern => Names(pattern, method.Name, method.Id)) ? (byte)1 : (byte)0;
        }
    }

    private static void Start()
    {
        if (s_isStarted)
        {
            return;
        }

        s_isStarted = true;
        if (Environment.GetEnvironmentVariable(Wanted) is not { Length: > 0 } wanted)
        {
            return;
        }

        try
        {
            var key = Environment.GetEnvironmentVariable(Key) is { Length: > 0 } text ? RecordingKey.Parse(text) : null;
            var rules = RedactionRules.Parse(Environment.GetEnvironmentVariable(Redact) ?? "");
            var folder = Environment.GetEnvironmentVariable(Folder) is { Length: > 0 } path ? path : "recordings";
            var queue = new RecordingQueue(new RecordingFolder(Path.GetFullPath(folder), key, TimeProvider.System));
            Volatile.Write(ref s_current, new Recorder(queue, () => new Redactor(rules), Service(), TimeProvider.System));
        }
        catch (FormatException wrong)
        {
            // Said once, where an operator looks; the app itself goes on.
            Console.Error.WriteLine($"Airworthy.Probes records nothing: {wrong.Message}");
            return;
        }

        if (wanted.StartsWith('@'))
        {
            var file = new WantedFile(wanted[1..]);
            Take(file.Lines() ?? []);
            s_timers.Add(new Timer(_ => Look(file), state: null, s_look, s_look));
        }
        else
        {
            Take([.. wanted.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]);
        }
    }

    private static void Look(WantedFile file)
    {
        if (file.Lines() is { } patterns && Current is { } recorder)
        {
            Set(recorder, patterns);
        }
    }

    /// <summary>As OpenTelemetry's resource names it, or else by the program.</summary>
    private static string Service()
    {
        if (Environment.GetEnvironmentVariable("OTEL_SERVICE_NAME") is { Length: > 0 } name)
        {
            return name;
        }

        var attributes = Environment.GetEnvironmentVariable("OTEL_RESOURCE_ATTRIBUTES") ?? "";
        const string service = "service.name=";
        return attributes.Split(',', StringSplitOptions.TrimEntries).FirstOrDefault(one => one.StartsWith(service, StringComparison.Ordinal)) is { } found
            ? found[service.Length..]
            : Assembly.GetEntryAssembly()?.GetName().Name ?? "";
    }
}
