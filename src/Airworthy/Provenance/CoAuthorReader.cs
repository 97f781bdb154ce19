using System.Text.RegularExpressions;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>
/// Co-authors by an agent's exact address, wherever in the body; also the authors that <c>git merge --squash</c> lists in its message.
/// Without an agent's address only aider's <c>aider (model)</c> and <c>Claude (another model)</c> count, with a model that is one.
/// </summary>
internal sealed partial class CoAuthorReader(AgentSignatures signatures) : ITextReader
{
    private readonly VendorAddresses _addresses = new(signatures);

    public IEnumerable<Signal> Read(MessageBody body)
    {
        if (!body.Text.Contains('@', StringComparison.Ordinal))
        {
            yield break;
        }

        var previous = "";
        foreach (var line in body.Lines)
        {
            var kind = CoAuthor().IsMatch(line) ? "co-author"
                : SquashedAuthor().IsMatch(line) && SquashedHeader().IsMatch(previous) ? "squashed-author"
                : null;
            previous = line;
            if (kind is null)
            {
                continue;
            }

            foreach (var identity in People(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]))
            {
                if (Read(kind, identity) is { } signal)
                {
                    yield return signal;
                }
            }
        }
    }

    // Name <address>, perhaps several, with the brackets forgotten or round at times.
    private static IEnumerable<Identity> People(string text)
    {
        var nameStart = 0;
        for (var match = Address().Match(text); match.Success; match = match.NextMatch())
        {
            yield return new Identity(text[nameStart..match.Index].TrimStart(' ', ',', ';', '"', '>', ')').TrimEnd(' ', '"', '<', '('), match.Value.TrimEnd('.'));
            nameStart = match.Index + match.Length;
        }
    }

    private Signal? Read(string kind, Identity identity)
    {
        var value = SignalLimits.Bound($"{identity.Name} <{identity.Email}>");
        if (_addresses.Find(identity) is { } vendor)
        {
            return new Signal(kind, "commit", vendor.Strength, value, vendor.Agent);
        }

        foreach (var known in signatures.Names)
        {
            if (known.Where == "co-author name"
                && known.Expression.Match(SignalLimits.Bound(identity.Name)) is { Success: true } match
                && ModelName.Find(match.Groups["model"].ValueSpan) is { } model)
            {
                return new Signal(kind, "commit", known.Strength, value, new Agent(known.Agent, model));
            }
        }

        return null;
    }

    [GeneratedRegex("^Co-?[ ]?authored[- ]by *:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex CoAuthor();

    [GeneratedRegex("^Author: ", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex SquashedAuthor();

    [GeneratedRegex("^(?:commit [0-9a-f]{40}|Merge: )", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex SquashedHeader();

    [GeneratedRegex(@"[^\s<>()@,;]+@[^\s<>()@,;]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex Address();
}
