using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>Trailers and bare links by which an agent names itself or its session.</summary>
internal sealed class TrailerReader : ITextReader
{
    private readonly ImmutableArray<Signature> _trailers;
    private readonly Regex _any;

    public TrailerReader(AgentSignatures signatures)
    {
        _trailers = [.. signatures.Trailers.Where(trailer => trailer.Agent != "any" && trailer.Strength > SignalStrength.Weak)];
        _any = AgentSignatures.Any(_trailers);
    }

    public IEnumerable<Signal> Read(MessageBody body)
    {
        if (!_any.IsMatch(body.Text))
        {
            yield break;
        }

        var found = new List<Signal>();
        var wroteNothing = false;
        foreach (var line in body.Lines)
        {
            foreach (var trailer in _trailers)
            {
                if (trailer.Expression.Match(line) is not { Success: true } match)
                {
                    continue;
                }

                // "0% agent" says that the session wrote nothing of it.
                if (IsZero(match.Groups["pct"]) || IsZero(match.Groups["a"]))
                {
                    wroteNothing = true;
                    break;
                }

                found.Add(new Signal(
                    trailer.GivesSession ? "session" : "trailer",
                    "commit",
                    trailer.Strength,
                    SignalLimits.Bound(line),
                    new Agent(AgentOf(trailer, line), Session: Session(trailer, match))));
                break;
            }
        }

        foreach (var signal in found)
        {
            yield return wroteNothing && signal.Agent?.Name == "entire" ? signal with { Strength = SignalStrength.Assist } : signal;
        }
    }

    private static bool IsZero(Group number) =>
        number.Success && long.TryParse(number.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value == 0;

    private static string AgentOf(Signature trailer, string line) => trailer.Agent.Split('|') is { Length: > 1 } names
        ? names.FirstOrDefault(name => line.StartsWith(name, StringComparison.OrdinalIgnoreCase)) ?? AgentName.Unknown
        : trailer.Agent;

    private static string? Session(Signature trailer, Match match) => !trailer.GivesSession ? null
        : match.Groups["url"] is { Success: true } url ? SignalLimits.Bound(url.ValueSpan)
        : match.Groups["id"] is { Success: true } id ? SignalLimits.Bound(id.ValueSpan)
        : SignalLimits.Bound(match.ValueSpan);
}
