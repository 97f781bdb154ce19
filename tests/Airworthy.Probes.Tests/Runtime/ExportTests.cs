using System.Diagnostics;
using Airworthy.Probes.Tests.Weaving;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Xunit;

namespace Airworthy.Probes.Tests.Runtime;

/// <summary>What an app's OpenTelemetry exporter sees.</summary>
public sealed class ExportTests
{
    [Fact]
    public void An_exemplar_links_a_failure_and_a_timed_call_to_their_trace()
    {
        using var sample = new LoadedSample(Compiled.From("public static class Exported { public static int Run(int n) => n < 0 ? throw new System.FormatException() : n; }").Weave().Image);
        var traces = new Dictionary<string, HashSet<ActivityTraceId>>(StringComparer.Ordinal);
        using var exporter = new Reading(traces);
        using var provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(ProbeMeter.Name)
            .SetExemplarFilter(ExemplarFilterType.TraceBased)
            .AddReader(new BaseExportingMetricReader(exporter))
            .Build();
        using var activity = new Activity("request") { ActivityTraceFlags = ActivityTraceFlags.Recorded };
        activity.Start();
        Assert.Throws<FormatException>(() => sample.Call("Exported", "Run", -1));
        for (var i = 0; i < 2000; i++)
        {
            sample.Call("Exported", "Run", i);
        }

        provider.ForceFlush();
        Assert.Contains(activity.TraceId, traces["airworthy.function.failures"]);
        Assert.Contains(activity.TraceId, traces["airworthy.function.duration"]);
        Assert.Equal(2001, exporter.Calls);
    }

    [Fact]
    public void Methods_beyond_the_limit_are_one_series()
    {
        var budget = new SeriesBudget(2);
        var methods = Enumerable.Range(0, 4)
            .Select(i => new MethodTags("", new ProbeTable.Method(ProbeTable.Kind.Plain, "M" + i, "M:M" + i, "", "", 1, 0, []), 0)).ToArray();

        Assert.Equal([true, true, false, false], methods.Select(budget.Holds));
        // Who was told once stays told; who goes makes room.
        Assert.True(budget.Holds(methods[0]));
        budget.Release(methods[..1]);
        Assert.True(budget.Holds(methods[3]));
        Assert.False(budget.Holds(methods[0]));
    }

    [Fact]
    public void Exception_types_beyond_the_limit_are_one()
    {
        var table = new ProbeTable("", [new ProbeTable.Method(ProbeTable.Kind.Plain, "M", "M:M", "", "", 1, 0, [])]).ToBytes();
        var counts = new ModuleCounts(table, 1, 0);
        for (var i = 0; i < 100; i++)
        {
            counts.Failures(0, "Type" + i).Defer();
        }

        Assert.Equal(9, counts.AllFailures().Count());
    }

    [Fact]
    public void A_table_of_another_form_names_nobody()
    {
        var bytes = new ProbeTable("5eed", [new ProbeTable.Method(ProbeTable.Kind.Async, "A.B", "M:A.B", "lambda", "a.cs", 7, 1, [9, 8, 12])]).ToBytes();
        var read = ProbeTable.Read(bytes);
        Assert.Equal("5eed", read.Revision);
        Assert.Equal((ProbeTable.Kind.Async, "A.B", "M:A.B", "lambda", "a.cs", 7, 1), (read.Methods[0].Kind, read.Methods[0].Name, read.Methods[0].Id, read.Methods[0].Part, read.Methods[0].File, read.Methods[0].Line, read.Methods[0].Entries));
        Assert.Equal([9, 8, 12], read.Methods[0].Statements);

        Assert.Empty(ProbeTable.Read([9, .. bytes[1..]]).Methods);
        Assert.Empty(ProbeTable.Read(bytes[..^3]).Methods);
        Assert.Empty(ProbeTable.Read([]).Methods);
    }

    [Fact]
    public void Gaps_between_timed_calls_have_mean_64_and_no_memory()
    {
        var seed = SamplingGap.NewSeed();
        const int draws = 200_000;
        var gaps = Enumerable.Range(0, draws).Select(_ => SamplingGap.Next(ref seed)).ToArray();

        // The geometric distribution: standard deviation 63.5, a gap of 1 with a chance of 1 in 64, one over 64 with (63/64)^64. Six deviations.
        Assert.InRange(gaps.Average(), 64 - 0.86, 64 + 0.86);
        Assert.InRange(gaps.Count(gap => gap == 1) / (double)draws, 0.0140, 0.0173);
        Assert.InRange(gaps.Count(gap => gap > 64) / (double)draws, 0.358, 0.372);
        Assert.All(gaps, gap => Assert.True(gap >= 1));
    }

    private sealed class Reading(Dictionary<string, HashSet<ActivityTraceId>> traces) : BaseExporter<Metric>
    {
        public long Calls { get; private set; }

        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    if (metric.Name == "airworthy.function.calls" && IsOfExported(point))
                    {
                        Calls = point.GetSumLong();
                    }

                    if (point.TryGetExemplars(out var exemplars))
                    {
                        foreach (ref readonly var exemplar in exemplars)
                        {
                            traces.TryAdd(metric.Name, []);
                            traces[metric.Name].Add(exemplar.TraceId);
                        }
                    }
                }
            }

            return ExportResult.Success;
        }

        private static bool IsOfExported(in MetricPoint point)
        {
            foreach (var tag in point.Tags)
            {
                if (tag is { Key: "airworthy.function.id", Value: "M:Exported.Run(System.Int32)" })
                {
                    return true;
                }
            }

            return false;
        }
    }
}
