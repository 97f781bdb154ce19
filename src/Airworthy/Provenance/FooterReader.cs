using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>
/// Footers such as <c>🤖 Generated with [Claude Code](…)</c>. They must be a line of their own, or they are prose about a footer; only a
/// link to an agent's session may stand inside a sentence.
/// </summary>
internal sealed partial class FooterReader : ITextReader
{
    private readonly ImmutableArray<Signature> _footers;
    private readonly Regex _any;

    public FooterReader(AgentSignatures signatures)
    {
        _footers = signatures.Footers;
        _any = AgentSignatures.Any(_footers);
    }

    public IEnumerable<Signal> Read(MessageBody body)
    {
        if (!_any.IsMatch(body.Text))
        {
            yield break;
        }

        foreach (var line in body.Lines)
        {
            foreach (var footer in _footers)
            {
                if (footer.Expression.Match(line) is { Success: true } match && (IsLink(footer) || IsWholeLine(line, match)))
                {
                    yield return new Signal("footer", "commit", footer.Strength, SignalLimits.Bound(line), new Agent(footer.Agent));
                }
            }
        }
    }

    private static bool IsLink(Signature footer) => footer.Pattern.StartsWith(@"\[", StringComparison.Ordinal);

    private static bool IsWholeLine(string line, Match match) =>
        Before().IsMatch(line[..match.Index]) && After().IsMatch(line[(match.Index + match.Length)..]);

    // Emoji, bold and italics; not a quotation mark or a code tick.
    [GeneratedRegex("""^[^\p{L}\p{N}`"'“«]*$""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex Before();

    [GeneratedRegex("""^(?:[^\p{L}\p{N}`"'”»]*|\s*(?:\(|https?://|(?:via|by|using|with|and|for|on)\b).*)$""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex After();
}
