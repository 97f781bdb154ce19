using System.Collections.Immutable;
using System.Globalization;
using Airworthy.Model;
using Airworthy.Telemetry.Protos;
using Airworthy.Telemetry.Reduction;

namespace Airworthy.Telemetry.Workflows;

/// <summary>Gathers the steps of the chosen traces of one request at a time.</summary>
internal sealed class TraceAssembly
{
    /// <summary>Most traces whose steps are kept of a request; a sender that makes ids to be chosen gets no further.</summary>
    public const int MaxTraces = 20_000;

    /// <summary>Most steps kept of a trace; one that has more is left out, for its shape would depend on the order of arrival.</summary>
    public const int MaxSteps = 256;

    private readonly Dictionary<(Sender Origin, bool IsTest), OfSender> _senders = [];
    private readonly List<OfSender> _told = [];
    private int _oneIn;
    private int _traces;

    /// <summary>Begins a request of which one trace in so many is wanted.</summary>
    public void Begin(int oneIn) => (_oneIn, _traces) = (oneIn, 0);

    /// <summary>The traces of a sender, whatever its instance; <paramref name="isTest"/> when it says that a test is what it runs.</summary>
    public OfSender From(Sender origin, bool isTest)
    {
        if (!_senders.TryGetValue((origin, isTest), out var of))
        {
            _senders.Add((origin, isTest), of = new OfSender(this, origin, isTest));
        }

        return of;
    }

    /// <summary>What the request told, which is forgotten here.</summary>
    public SentTraces Take()
    {
        var taken = new SentTraces(_traces == 0 ? [] : [.. _told.SelectMany(sender => sender.Traces())], _oneIn, LeftOut());
        _told.ForEach(sender => sender.Forget());
        _told.Clear();
        return taken;
    }

    private ImmutableArray<(string Service, long Spans)> LeftOut() => _told switch
    {
        // Mostly there is one.
        [{ SpansLeftOut: 0 }] => [],
        [var only] => [(only.Service, only.SpansLeftOut)],
        _ =>
        [
            .. _told.Where(sender => sender.SpansLeftOut > 0)
                .GroupBy(sender => sender.Service, sender => sender.SpansLeftOut, StringComparer.Ordinal)
                .Select(service => (service.Key, service.Sum())),
        ],
    };

    /// <summary>The parts of traces that one sender told.</summary>
    internal sealed class OfSender(TraceAssembly all, Sender sender, bool isTest)
    {
        private readonly Dictionary<UInt128, Part> _parts = [];
        private bool _isTold;

        public string Service => sender.Service;

        public long SpansLeftOut { get; private set; }

        public void Add(UInt128 trace, Span span, ObservedLocation? location)
        {
            Tell();
            if (!TraceChoice.Chooses(trace, all._oneIn) || PartOf(trace) is not { } part)
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
        public void LeaveOut()
        {
            Tell();
            SpansLeftOut++;
        }

        public void Forget()
        {
            _parts.Clear();
            (SpansLeftOut, _isTold) = (0, false);
        }

        public IEnumerable<TraceSteps> Traces() => _parts.Select(part => new TraceSteps(
            sender.Service,
            sender.Environment,
            sender.Version,
            part.Key.ToString("x32", CultureInfo.InvariantCulture),
            isTest || part.Value.IsTest,
            part.Value.Spans,
            [.. part.Value.Steps]));

        private void Tell()
        {
            if (!_isTold)
            {
                _isTold = true;
                all._told.Add(this);
            }
        }

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

    private sealed class Part
    {
        public long Spans { get; set; }

        public bool IsTest { get; set; }

        public HashSet<WorkflowStep> Steps { get; } = [];
    }
}
