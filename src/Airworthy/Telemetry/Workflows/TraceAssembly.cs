using System.Collections.Immutable;
using System.Globalization;
using Airworthy.Model;
using Airworthy.Telemetry.Protos;
using Airworthy.Telemetry.Reduction;

namespace Airworthy.Telemetry.Workflows;

/// <summary>Gathers the steps of the chosen traces of one request.</summary>
internal sealed class TraceAssembly(int oneIn)
{
    /// <summary>Most traces whose steps are kept of a request; a sender that makes ids to be chosen gets no further.</summary>
    public const int MaxTraces = 20_000;

    /// <summary>Most steps kept of a trace; one that has more is left out, for its shape would depend on the order of arrival.</summary>
    public const int MaxSteps = 256;

    private readonly List<OfSender> _senders = [];
    private int _traces;

    /// <summary>The traces of one sender; <paramref name="isTest"/> when it says that a test is what it runs.</summary>
    public OfSender From(Sender sender, bool isTest)
    {
        var of = _senders.Find(known => known.Sends(sender, isTest)) ?? new OfSender(this, sender, isTest);
        if (!_senders.Contains(of))
        {
            _senders.Add(of);
        }

        return of;
    }

    public SentTraces Result() => new(
        [.. _senders.SelectMany(sender => sender.Traces())],
        oneIn,
        _senders
            .Where(sender => sender.SpansLeftOut > 0)
            .GroupBy(sender => sender.Service, sender => sender.SpansLeftOut, StringComparer.Ordinal)
            .ToImmutableDictionary(service => service.Key, service => service.Sum(), StringComparer.Ordinal));

    /// <summary>The parts of traces that one sender told.</summary>
    internal sealed class OfSender(TraceAssembly all, Sender sender, bool isTest)
    {
        private readonly Dictionary<UInt128, Part> _parts = [];

        public string Service => sender.Service;

        public long SpansLeftOut { get; private set; }

        public bool Sends(Sender other, bool test) =>
            isTest == test && other with { Instance = sender.Instance, InstanceGroup = sender.InstanceGroup } == sender;

        public void Add(UInt128 trace, Span span, ObservedLocation? location)
        {
            if (!TraceChoice.Chooses(trace, all.OneIn) || PartOf(trace) is not { } part)
            {
                SpansLeftOut++;
                return;
            }

            part.Spans++;
            part.IsTest |= StepReader.IsTest(span.Attributes);
            if (part.Steps.Count <= MaxSteps)
            {
                StepReader.Read(span, location, part.Steps);
            }
        }

        /// <summary>A span whose trace is not chosen.</summary>
        public void LeaveOut() => SpansLeftOut++;

        public IEnumerable<TraceSteps> Traces() => _parts.Select(part => new TraceSteps(
            sender.Service,
            sender.Environment,
            sender.Version,
            part.Key.ToString("x32", CultureInfo.InvariantCulture),
            isTest || part.Value.IsTest,
            part.Value.Spans,
            [.. part.Value.Steps]));

        private Part? PartOf(UInt128 trace)
        {
            if (!_parts.TryGetValue(trace, out var part) && all._traces < MaxTraces)
            {
                all._traces++;
                _parts.Add(trace, part = new Part());
            }

            return part;
        }
    }

    private int OneIn => oneIn;

    private sealed class Part
    {
        public long Spans { get; set; }

        public bool IsTest { get; set; }

        public HashSet<WorkflowStep> Steps { get; } = [];
    }
}
