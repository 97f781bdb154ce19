using System.Collections.Immutable;
using Airworthy.Probes.Recordings;
using Airworthy.Trials;

namespace Airworthy.Journeys.Trials;

/// <summary>Recordings as inputs of trials.</summary>
public static class RecordedInputs
{
    /// <summary>Calls of one member that are tried; the latest.</summary>
    private const int Most = 256;

    /// <summary>The recorded calls of methods and constructors, by what was called; requests are none, and of lambdas and local functions none is tried by itself.</summary>
    public static ImmutableDictionary<string, ImmutableArray<RecordedInput>> Of(RecordingSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return set.Recordings.Where(call => call is { Kind: RecordingKind.Method, Part: null })
            .GroupBy(call => call.Unit, StringComparer.Ordinal)
            .ToImmutableDictionary(group => group.Key, group => group.TakeLast(Most).Select(Input).ToImmutableArray(), StringComparer.Ordinal);
    }

    private static RecordedInput Input(RecordedCall call) => new(
        call.Culture,
        call.Document.TryGetProperty("receiver", out var receiver) ? receiver.GetRawText() : null,
        [.. call.Arguments.Select(argument => argument.Value.GetRawText())]);
}
