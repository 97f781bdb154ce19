using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Airworthy.Probes.Tests.Weaving;

/// <summary>Every shape of C# does the same with probes on all its methods: results, order of effects, and stack traces to the line.</summary>
[Collection("the process's one meter")]
public sealed partial class ShapeTests
{
    private static readonly ConcurrentDictionary<Variant, Lazy<(LoadedSample Plain, LoadedSample Woven)>> s_loaded = new();

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var file in Files)
            {
                foreach (Match match in Case().Matches(Source(file)))
                {
                    cases.Add(file, match.Groups["name"].Value);
                }
            }

            return cases;
        }
    }

    public static string[] Files => ["Flow", "Members", "Memory", "Asynchronous"];

    // Optimized code tells the line of an earlier statement where nothing stands between the two; a flag stands there. So with flags its lines are
    // compared with the truth: see Flags_make_the_lines_of_optimized_code_exact.
    // Code that can be unloaded is optimized at once; other code is first compiled quickly.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Optimized_code_does_the_same(string file, string method) => DoesTheSame(new(file, OptimizationLevel.Release, true, true), method);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Optimized_code_without_flags_does_the_same(string file, string method) => DoesTheSame(new(file, OptimizationLevel.Release, true, false), method);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Quickly_compiled_code_does_the_same(string file, string method) => DoesTheSame(new(file, OptimizationLevel.Release, false, true), method);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Debug_code_does_the_same(string file, string method) => DoesTheSame(new(file, OptimizationLevel.Debug, false, true), method);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Recorded_code_does_the_same(string file, string method) => DoesTheSame(new(file, OptimizationLevel.Release, true, true, true), method);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Recorded_debug_code_does_the_same(string file, string method) => DoesTheSame(new(file, OptimizationLevel.Debug, false, true, true), method);

    [Fact]
    public void Flags_make_the_lines_of_optimized_code_exact()
    {
        const string source = """
            public static class Exact
            {
                public static string Run()
                {
                    try
                    {
                        new Thrower(1);
                        new Thrower(2);
                        return "?";
                    }
                    catch (System.ArgumentException e)
                    {
                        return e.StackTrace!;
                    }
                }

                sealed class Thrower
                {
                    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
                    public Thrower(int n)
                    {
                        if (n == 2)
                        {
                            throw new System.ArgumentException();
                        }
                    }
                }
            }
            """;
        using var woven = new LoadedSample(Compiled.From(source).Weave().Image);
        var lines = ((string)woven.Call("Exact", "Run")!).Split('\n').Select(frame => frame[(frame.LastIndexOf(' ') + 1)..].Trim());

        Assert.Equal(["24", "8"], lines);
    }

    [Theory]
    [InlineData("Flow")]
    [InlineData("Members")]
    [InlineData("Memory")]
    [InlineData("Asynchronous")]
    public void Every_method_a_person_wrote_carries_a_probe(string file)
    {
        var left = Compiled.From(Source(file)).Weave().Report.Where(method => !method.HasProbe).Select(method => (method.Id, method.Reason)).ToList();
        Assert.DoesNotContain(left, method => method.Reason is not ("tiny accessor" or "generated code"));
        Assert.True(left.Count < 20, string.Join(", ", left));
    }

    internal static string Source(string file)
    {
        using var reader = new StreamReader(typeof(ShapeTests).Assembly.GetManifestResourceStream(file)!);
        return reader.ReadToEnd();
    }

    private static void DoesTheSame(Variant variant, string method)
    {
        var (plain, woven) = s_loaded.GetOrAdd(variant, key => new Lazy<(LoadedSample, LoadedSample)>(() => Load(key))).Value;
        if (variant.IsRecorded)
        {
            RecordedSample.RecordEverything();
        }

        var (expected, actual) = ((string?)plain.Call(variant.File, method), (string?)woven.Call(variant.File, method));
        if (variant is { IsCollectible: true, HasFlags: true })
        {
            (expected, actual) = (Line().Replace(expected!, ""), Line().Replace(actual!, ""));
        }

        Assert.Equal(expected, actual);
    }

    private static (LoadedSample, LoadedSample) Load(Variant variant)
    {
        var compiled = Compiled.From(Source(variant.File), variant.Level);
        var woven = compiled.Weave(hasFlags: variant.HasFlags, isRecordable: variant.IsRecorded).Image;
        return (new LoadedSample(compiled.Image, variant.IsCollectible), new LoadedSample(woven, variant.IsCollectible));
    }

    private sealed record Variant(string File, OptimizationLevel Level, bool IsCollectible, bool HasFlags, bool IsRecorded = false);

    [GeneratedRegex(@":line \d+", RegexOptions.NonBacktracking)]
    private static partial Regex Line();

    [GeneratedRegex(@"public static (?:unsafe )?string (?<name>\w+)\(\)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Case();
}
