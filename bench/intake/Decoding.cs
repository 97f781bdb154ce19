using System.Diagnostics;
using Airworthy.Telemetry.Protos;
using Airworthy.Telemetry.Reduction;
using Airworthy.Telemetry.Workflows;
using Google.Protobuf;

namespace Airworthy.Bench.Intake;

/// <summary>One core's spans a second: parsing with Google.Protobuf's generated classes alone, and decoding with all that is counted of it.</summary>
internal static class Decoding
{
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(2);

    public static void Measure(List<byte[]> bodies, int rounds)
    {
        var choice = new TraceChoice(TimeProvider.System);
        choice.Next(int.MaxValue);
        var spans = bodies.ConvertAll(body => ExportTraceServiceRequest.Parser.ParseFrom(body).ResourceSpans.Sum(resource => resource.ScopeSpans.Sum(scope => scope.Spans.Count)));
        Action<byte[]> parse = body => ExportTraceServiceRequest.Parser.ParseFrom(body);
        // What was counted is given back, as it is once the store has answered.
        Action<byte[]> reduce = body => new Reducer(TimeProvider.System.GetUtcNow(), choice).ReduceTraces(body).Return();
        Run(parse, bodies, spans);
        Run(reduce, bodies, spans);

        Console.WriteLine($"{bodies.Count} exports, {spans.Sum()} spans, {bodies.Sum(body => body.Length) / spans.Sum()} bytes a span; one thread");
        Console.WriteLine($"{"",5} {"parsing alone",22} {"decoding and reducing",22}");
        Console.WriteLine($"{"",5} {"M spans/s",12} {"B/span",9} {"M spans/s",12} {"B/span",9} {"ratio",6}");
        var ratios = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var (parsed, parsedBytes) = Run(parse, bodies, spans);
            var (reduced, reducedBytes) = Run(reduce, bodies, spans);
            ratios.Add(reduced / parsed);
            Console.WriteLine($"{round + 1,5} {parsed / 1e6,12:F2} {parsedBytes,9:F1} {reduced / 1e6,12:F2} {reducedBytes,9:F1} {ratios[^1],6:F2}");
        }

        ratios.Sort();
        Console.WriteLine($"median ratio {ratios[ratios.Count / 2]:F2}");
        MeasureAllocation(bodies, reduce, "one trace in some hundred read whole");
        var none = new TraceChoice(TimeProvider.System);
        Enumerable.Range(0, 2_000_000).ToList().ForEach(_ => none.Next(int.MaxValue));
        MeasureAllocation(bodies, body => new Reducer(TimeProvider.System.GetUtcNow(), none).ReduceTraces(body).Return(), "no trace read whole");
    }

    /// <summary>What a request costs whatever it holds, and what a span more costs: each export beside the same with every span twice, those with exceptions apart.</summary>
    private static void MeasureAllocation(List<byte[]> bodies, Action<byte[]> reduce, string how)
    {
        foreach (var fails in new[] { false, true })
        {
            var (requests, spans, once, twice) = (0, 0, 0L, 0L);
            foreach (var body in bodies)
            {
                var request = ExportTraceServiceRequest.Parser.ParseFrom(body);
                var scopes = request.ResourceSpans.SelectMany(resource => resource.ScopeSpans).ToList();
                if (scopes.Any(scope => scope.Spans.Any(span => span.Events.Count > 0)) != fails)
                {
                    continue;
                }

                requests++;
                spans += scopes.Sum(scope => scope.Spans.Count);
                scopes.ForEach(scope => scope.Spans.AddRange(scope.Spans.ToList()));
                once += Allocated(reduce, body);
                twice += Allocated(reduce, request.ToByteArray());
            }

            if (requests > 0)
            {
                Console.WriteLine($"{requests} exports {(fails ? "with" : "without")} exceptions, {how}: {once / requests} bytes a request of {spans / requests} spans, {(twice - once) / (double)spans:F2} bytes a span more");
            }
        }
    }

    private static long Allocated(Action<byte[]> work, byte[] body)
    {
        work(body);
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        work(body);
        return GC.GetAllocatedBytesForCurrentThread() - bytes;
    }

    /// <summary>Spans by a second of processor time, so that what else runs on the machine counts less.</summary>
    private static (double Spans, double Bytes) Run(Action<byte[]> work, List<byte[]> bodies, List<int> spans)
    {
        var done = 0L;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var began = Environment.CpuUsage.TotalTime;
        while (clock.Elapsed < s_turn)
        {
            for (var i = 0; i < bodies.Count; i++)
            {
                work(bodies[i]);
                done += spans[i];
            }
        }

        return (done / (Environment.CpuUsage.TotalTime - began).TotalSeconds, (GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)done);
    }
}
