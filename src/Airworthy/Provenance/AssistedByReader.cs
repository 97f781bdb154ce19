using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>
/// <c>Assisted-by:</c> as the Linux kernel asks for it and as people write it. It declares assistance, never authorship, and names people
/// as often as agents: what is no agent's or model's name is no signal.
/// </summary>
internal sealed class AssistedByReader(AgentSignatures signatures) : ITextReader
{
    private const string Key = "Assisted-by:";
    private readonly VendorAddresses _addresses = new(signatures);

    private readonly ImmutableArray<Signature> _forms =
        [.. signatures.Trailers.Where(trailer => trailer.Pattern.StartsWith($"^{Key}", StringComparison.Ordinal))];

    public IEnumerable<Signal> Read(MessageBody body)
    {
        if (!body.Text.Contains(Key, StringComparison.OrdinalIgnoreCase))
        {
            yield break;
        }

        foreach (var line in body.Lines)
        {
            if (line.StartsWith(Key, StringComparison.OrdinalIgnoreCase) && AgentOf(line) is { } agent)
            {
                yield return new Signal("assisted-by", "commit", SignalStrength.Assist, SignalLimits.Bound(line), agent);
            }
        }
    }

    private Agent? AgentOf(string line)
    {
        foreach (var form in _forms)
        {
            if (form.Expression.Match(line) is { Success: true } match)
            {
                var model = ModelName.FromField(match.Groups["model"].Value);
                var agent = form.Agent != "any" ? form.Agent : AgentName.Find(match.Groups["agent"].ValueSpan);
                if (agent is not null)
                {
                    return new Agent(agent, model);
                }

                if (ModelName.Find(match.Groups["model"].ValueSpan) is { } known)
                {
                    return new Agent(AgentName.Unknown, known);
                }
            }
        }

        return FreeText.AgentOf(line.AsSpan(Key.Length), _addresses);
    }
}
