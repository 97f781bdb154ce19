using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>Loose declarations such as <c>Generated-by:</c> and <c>Co-developed-by:</c>: weak, and only when they name an agent.</summary>
internal sealed class DeclarationReader(AgentSignatures signatures) : ITextReader
{
    private static readonly string[] s_no = ["no", "none", "false", "n/a", "-"];
    private readonly VendorAddresses _addresses = new(signatures);

    private readonly ImmutableArray<Signature> _declarations =
        [.. signatures.Trailers.Where(trailer => trailer is { Agent: "any", Strength: SignalStrength.Weak })];

    public IEnumerable<Signal> Read(MessageBody body)
    {
        foreach (var line in body.Lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon is < 8 or > 20 || char.ToLowerInvariant(line[0]) is not ('a' or 'c' or 'g' or 'm' or 'p' or 's' or 'w'))
            {
                continue;
            }

            foreach (var declaration in _declarations)
            {
                if (declaration.Expression.Match(line) is { Success: true } match && AgentOf(line, match.Groups["who"].Value) is { } agent)
                {
                    yield return new Signal("trailer", "commit", declaration.Strength, SignalLimits.Bound(line), agent);
                }
            }
        }
    }

    private Agent? AgentOf(string line, string who)
    {
        if (FreeText.AgentOf(who, _addresses) is { } agent)
        {
            return agent;
        }

        var answersYes = line.StartsWith("AI-", StringComparison.OrdinalIgnoreCase) && !s_no.Contains(who.Trim(), StringComparer.OrdinalIgnoreCase);
        return answersYes ? new Agent(AgentName.Unknown) : null;
    }
}
