using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Airworthy.Model;
using Airworthy.Probes.Recordings;

namespace Airworthy.Probes.Replay;

/// <summary>Tests for xUnit that were written of recorded calls.</summary>
/// <param name="Files">The text of each file, by its name.</param>
/// <param name="Written">How many tests there are.</param>
/// <param name="Missing">The calls of which none could be written, with the reason.</param>
public sealed record RecordedTests(ImmutableSortedDictionary<string, string> Files, int Written, ImmutableArray<(RecordedCall Call, string Reason)> Missing)
{
    private const string Clock = "RecordedTime";

    private const string Culture = """
            private sealed class RecordedCulture : global::System.IDisposable
            {
                private readonly global::System.Globalization.CultureInfo _before = global::System.Globalization.CultureInfo.CurrentCulture;

                public RecordedCulture(string name) =>
                    global::System.Globalization.CultureInfo.CurrentCulture = global::System.Globalization.CultureInfo.GetCultureInfo(name);

                public void Dispose() => global::System.Globalization.CultureInfo.CurrentCulture = _before;
            }

        """;

    /// <summary>As many as a recording keeps and one more: a sequence may have no end.</summary>
    private const string Items = """
            private static class RecordedItems
            {
                private const int Most = 65;

                public static global::System.Collections.Generic.List<object> Of(global::System.Collections.IEnumerable items) =>
                    Of(global::System.Linq.Enumerable.Cast<object>(items));

                public static global::System.Collections.Generic.List<T> Of<T>(global::System.Collections.Generic.IEnumerable<T> items) =>
                    global::System.Linq.Enumerable.ToList(global::System.Linq.Enumerable.Take(items, Most));

                public static async global::System.Threading.Tasks.Task<global::System.Collections.Generic.List<T>> Of<T>(global::System.Collections.Generic.IAsyncEnumerable<T> items)
                {
                    var taken = new global::System.Collections.Generic.List<T>();
                    await foreach (var item in items)
                    {
                        taken.Add(item);
                        if (taken.Count == Most)
                        {
                            break;
                        }
                    }

                    return taken;
                }
            }

        """;

    /// <summary>Writes them.</summary>
    /// <param name="calls">The recorded calls.</param>
    /// <param name="expected">What they are to come to; null for what was recorded.</param>
    /// <param name="application">The built application whose types they use.</param>
    /// <param name="space">The namespace of the tests.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ProbeException">The application can't be loaded.</exception>
    public static async Task<RecordedTests> WriteAsync(
        IReadOnlyList<RecordedCall> calls, ExpectedOutcomes? expected, string application, string space, CancellationToken cancel)
    {
        if (!File.Exists(application) || !File.Exists(Path.ChangeExtension(application, ".runtimeconfig.json")))
        {
            throw new ProbeException(Fault.Usage, $"'{application}' is no built application; name its assembly, as bin/Release/net10.0/Shop.dll");
        }

        var requests = calls.Where(call => call.Kind == RecordingKind.Http).ToList();
        var documents = calls.Except(requests).ToDictionary(call => call, call => expected is null ? call.Document : expected.Of(call));
        var work = Directory.CreateTempSubdirectory("airworthy-tests-");
        try
        {
            var answers = await WorkerRun.RunAsync(
                application, documents.Values.OfType<JsonElement>(), isTests: true, TimeSpan.FromSeconds(10), Path.Combine(work.FullName, "results"), cancel);
            var written = documents.Keys.Where(call => Code(answers, call) is not null).ToList();
            var (files, missing) = RequestTests.Of(requests, expected, application, space);
            return new RecordedTests(
                written.GroupBy(ClassOf, StringComparer.Ordinal)
                    .Select(group => KeyValuePair.Create(group.Key + ".cs", FileText(group.Key, space, [.. group.Select(call => Code(answers, call)!)])))
                    .Concat(files)
                    .ToImmutableSortedDictionary(StringComparer.Ordinal),
                written.Count + requests.Count - missing.Length,
                [.. documents.Keys.Except(written).Select(call => (call, WhyNot(answers, call))), .. missing]);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static string? Code(IReadOnlyDictionary<Guid, JsonElement> answers, RecordedCall call) =>
        answers.TryGetValue(call.Id, out var answer) && answer.TryGetProperty("code", out var code) ? code.GetString() : null;

    private static string WhyNot(IReadOnlyDictionary<Guid, JsonElement> answers, RecordedCall call) =>
        !answers.TryGetValue(call.Id, out var answer) ? "the replay has no outcome of it"
            : answer.TryGetProperty("reason", out var reason) ? reason.GetString() ?? "" : answer.GetProperty("state").GetString() ?? "";

    /// <summary>The type of the unit, as one name.</summary>
    private static string ClassOf(RecordedCall call)
    {
        var parts = call.Unit.Split('(')[0].Split('.');
        var type = parts.Length > 1 ? parts[^2].Split(':')[^1].Split('`')[0] : "Unit";
        return string.Concat(type.Where(char.IsAsciiLetterOrDigit)) + "Recordings";
    }

    private static string FileText(string name, string space, string[] tests)
    {
        var text = new StringBuilder()
            .Append("// Written by 'airworthy recordings to-tests' from calls that were made in production; yours to change.\n")
            .Append("// Any recorded value may be null.\n#nullable disable\nusing Xunit;\n\nnamespace ").Append(space).Append(";\n\npublic sealed class ").Append(name).Append("\n{\n")
            .AppendJoin('\n', tests);
        if (Array.Exists(tests, test => test.Contains($"new {Clock}(", StringComparison.Ordinal)))
        {
            text.Append("\n    private sealed class ").Append(Clock).Append("(global::System.DateTimeOffset at) : global::System.TimeProvider\n    {\n")
                .Append("        public override global::System.DateTimeOffset GetUtcNow() => at;\n    }\n");
        }

        if (Array.Exists(tests, test => test.Contains("RecordedItems.Of(", StringComparison.Ordinal)))
        {
            text.Append('\n').Append(Items);
        }

        text.Append('\n').Append(Culture);
        return text.Append("}\n").ToString();
    }
}
