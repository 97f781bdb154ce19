using System.Collections.Immutable;
using Airworthy.Model;
using Airworthy.Telemetry.Protos;
using Airworthy.Telemetry.Reduction;

namespace Airworthy.Telemetry.Workflows;

/// <summary>Gathers the steps of a request's spans by service and trace. Beyond its bound it keeps whole traces, chosen by their ids.</summary>
internal sealed class TraceAssembly
{
    /// <summary>Most traces whose steps are kept of a request.</summary>
    public const int MaxTraces = 5_000;

    /// <summary>Most steps kept of a trace; one that has more is left out, for its shape would depend on the order of arrival.</summary>
    public const int MaxSteps = 256;

    private readonly Dictionary<(Sender Sender, string Trace), Part> _parts = [];

    public void Add(Sender sender, bool isTest, string trace, Span span, ObservedLocation? location)
    {
        var who = sender with { Instance = "", InstanceGroup = "" };
        if (!_parts.TryGetValue((who, trace), out var part))
        {
            _parts.Add((who, trace), part = new Part());
        }

        part.Spans++;
        part.IsTest |= isTest || StepReader.IsTest(span.Attributes);
        if (part.Steps.Count <= MaxSteps)
        {
            StepReader.Read(span, location, part.Steps);
        }
    }

    /// <summary>The parts of traces, in the order of their ids.</summary>
    public ImmutableArray<TraceSteps> Traces() =>
    [
        .. _parts
            .OrderBy(part => part.Key.Trace, StringComparer.Ordinal)
            .Take(MaxTraces)
            .Select(part => new TraceSteps(
                part.Key.Sender.Service,
                part.Key.Sender.Environment,
                part.Key.Sender.Version,
                part.Key.Trace,
                part.Value.IsTest,
                part.Value.Spans,
                [.. part.Value.Steps])),
    ];

    /// <summary>How many traces of each service were beyond the bound.</summary>
    public ImmutableDictionary<string, long> LeftOut() => _parts
        .OrderBy(part => part.Key.Trace, StringComparer.Ordinal)
        .Skip(MaxTraces)
        .GroupBy(part => part.Key.Sender.Service, StringComparer.Ordinal)
        .ToImmutableDictionary(service => service.Key, service => (long)service.Count(), StringComparer.Ordinal);

    private sealed class Part
    {
        public long Spans { get; set; }

        public bool IsTest { get; set; }

        public HashSet<WorkflowStep> Steps { get; } = [];
    }
}
