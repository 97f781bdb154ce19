using Airworthy.Telemetry.Protos;
using Airworthy.Telemetry.Reduction;

namespace Airworthy.Telemetry.Wire;

/// <summary>
/// Finds what a plain span counts under by numbers in place of texts: nothing is allocated for one whose names and minute came before, in this request or in an earlier one.
/// </summary>
/// <param name="series">What a request counts under.</param>
internal sealed class SpanTally(SeriesTable series)
{
    private const int None = -1;

    private readonly ByteTexts _texts = new();
    private readonly Dictionary<int, string> _samplings = [];
    private readonly Dictionary<Place, Series> _places = [];

    /// <summary>Bytes of all texts.</summary>
    public long Bytes => _texts.Bytes;

    /// <summary>Texts and places that are known.</summary>
    public int Count => Math.Max(_texts.Count, _places.Count);

    /// <summary>How a span was sampled, as its trace state tells.</summary>
    public string SamplingOf(ref readonly PlainSpan span)
    {
        if (span.TraceState.IsEmpty)
        {
            return Sampling.Unknown;
        }

        var number = _texts.NumberOf(span.TraceState);
        if (!_samplings.TryGetValue(number, out var sampling))
        {
            _samplings.Add(number, sampling = Sampling.Of(_texts[number]));
        }

        return sampling;
    }

    /// <summary>True when the span has a place to be counted under: code, or the operation of an entry.</summary>
    public static bool HasPlace(ref readonly PlainSpan span) => HasCode(in span)
        || (Span.Types.SpanKind)span.Kind is Span.Types.SpanKind.Server or Span.Types.SpanKind.Consumer;

    /// <summary>True when it names its code.</summary>
    public static bool HasCode(ref readonly PlainSpan span) => !(span.Function.IsEmpty && span.OlderFunction.IsEmpty && span.File.IsEmpty && span.OlderFile.IsEmpty);

    /// <summary>Counts a span that has a place.</summary>
    /// <param name="span">The span.</param>
    /// <param name="sentBy">Who sent it.</param>
    /// <param name="sampling">How it was sampled.</param>
    /// <param name="minute">The minute of its end.</param>
    public void Add(ref readonly PlainSpan span, SentBy sentBy, string sampling, DateTimeOffset minute)
    {
        var hasCode = HasCode(in span);
        var hasName = !span.Function.IsEmpty;
        var line = hasCode && (span.Line ?? span.OlderLine) is >= 1 and <= int.MaxValue and var told ? (int)told : None;
        var hasRoute = !hasCode && !span.Route.IsEmpty;
        var place = new Place(
            sentBy.Number,
            hasCode ? Number(hasName ? span.Function : span.OlderFunction) : None,
            hasCode && !hasName && !span.OlderFunction.IsEmpty ? Number(span.Namespace) : None,
            hasCode ? Number(span.File.IsEmpty ? span.OlderFile : span.File) : None,
            line,
            hasCode ? None : Number(hasRoute ? span.Route : span.Name),
            hasRoute ? Number(span.Method.IsEmpty ? span.OlderMethod : span.Method) : None,
            Number(span.FlagKey),
            span.FlagKey.IsEmpty ? None : Number(span.Variant.IsEmpty ? span.OlderVariant : span.Variant),
            sampling,
            minute.UtcTicks);
        if (!_places.TryGetValue(place, out var known))
        {
            _places.Add(place, known = series.Of(KeyOf(place, sentBy.Sender, minute)));
        }

        series.Mark(known).Add(1, IsBad(in span) ? 1 : 0, sentBy.Sender.Instance);
    }

    private ObservationKey KeyOf(Place place, Sender sender, DateTimeOffset minute)
    {
        var flag = place.FlagKey == None ? "" : $"{_texts[place.FlagKey]}={Text(place.Variant)}";
        return new ObservationKey(sender.Service, sender.Environment, sender.Version, LocationOf(place), flag, sender.InstanceGroup, Reducer.Source, place.Sampling, minute);
    }

    private ObservedLocation LocationOf(Place place)
    {
        if (place.Function != None || place.File != None)
        {
            var function = place.Namespace == None ? Text(place.Function) : $"{_texts[place.Namespace]}.{_texts[place.Function]}";
            return new ObservedLocation(function, Text(place.File), place.Line == None ? null : place.Line, null);
        }

        var operation = Text(place.Operation);
        return new ObservedLocation(null, null, null, place.Method == None ? operation ?? "unnamed" : $"{_texts[place.Method]} {operation}");
    }

    private static bool IsBad(ref readonly PlainSpan span) => (Status.Types.StatusCode)span.Status switch
    {
        Status.Types.StatusCode.Error => true,
        Status.Types.StatusCode.Ok => false,
        _ => (span.Answer ?? span.OlderAnswer) >= SpanFacts.FirstServerError,
    };

    private int Number(ReadOnlySpan<byte> text) => text.IsEmpty ? None : _texts.NumberOf(text);

    private string? Text(int number) => number == None ? null : _texts[number];

    /// <summary>A place and minute in numbers. Equal places are equal texts, but not the other way round: what is told by older names may be the same.</summary>
    private readonly record struct Place(
        int Sender, int Function, int Namespace, int File, int Line, int Operation, int Method, int FlagKey, int Variant, string Sampling, long Minute)
    {
        public override int GetHashCode() => HashCode.Combine(
            HashCode.Combine(Sender, Function, Namespace, File), HashCode.Combine(Line, Operation, Method, FlagKey), Variant, Minute);

        public bool Equals(Place other) =>
            Function == other.Function && Operation == other.Operation && Minute == other.Minute && Sender == other.Sender && File == other.File && Line == other.Line
            && Method == other.Method && Namespace == other.Namespace && FlagKey == other.FlagKey && Variant == other.Variant && Sampling == other.Sampling;
    }
}
