using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Airworthy.Probes.Tests.Weaving;

/// <summary>Every shape of C# does the same with probes on all its methods: results, order of effects, and stack traces to the line.</summary>
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
        Assert.Equal(plain.Call(variant.File, method), woven.Call(variant.File, method));
    }

    private static (LoadedSample, LoadedSample) Load(Variant variant)
    {
        var compiled = Compiled.From(Source(variant.File), variant.Level);
        var woven = compiled.Weave(hasFlags: variant.HasFlags).Image;
        return (new LoadedSample(compiled.Image, variant.IsCollectible), new LoadedSample(woven, variant.IsCollectible));
    }

    private sealed record Variant(string File, OptimizationLevel Level, bool IsCollectible, bool HasFlags);

    [GeneratedRegex(@"public static (?:unsafe )?string (?<name>\w+)\(\)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Case();
}
