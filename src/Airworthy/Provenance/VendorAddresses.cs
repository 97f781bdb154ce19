using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>
/// Tells which agent an exact address belongs to. A name alone never counts: people are called Claude, Devin and Jules, and the
/// vendors' own staff write code too.
/// </summary>
internal sealed class VendorAddresses(AgentSignatures signatures)
{
    private const int CacheSize = 100_000;
    private readonly ConcurrentDictionary<string, Signature?> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly Regex _any = AgentSignatures.Any(signatures.Addresses);

    /// <summary>The signature of <paramref name="email"/>; null when it is nobody's, or a person's.</summary>
    public Signature? Find(string email)
    {
        if (_known.TryGetValue(email, out var known))
        {
            return known;
        }

        var found = email.Length > SignalLimits.ValueLength ? null : Match(email);
        if (_known.Count < CacheSize)
        {
            _known.TryAdd(email, found);
        }

        return found;
    }

    /// <summary>The agent behind <paramref name="identity"/>, with the model its name tells; null when it is nobody's.</summary>
    public (Agent Agent, SignalStrength Strength)? Find(Identity identity) => Find(identity.Email.Trim()) is { } signature
        ? (new Agent(signature.Agent, ModelOf(identity.Name, signature)), signature.Strength)
        : null;

    private Signature? Match(string email)
    {
        if (!_any.IsMatch(email))
        {
            return null;
        }

        var exact = signatures.Addresses.FirstOrDefault(address => address.Expression.IsMatch(email));
        var isStaff = signatures.StaffDomains.Contains(email[(email.LastIndexOf('@') + 1)..]);
        return isStaff && exact is { Pattern: var pattern } && pattern.Contains(".*", StringComparison.Ordinal) ? null : exact;
    }

    private string? ModelOf(string name, Signature address)
    {
        name = SignalLimits.Bound(name);
        foreach (var known in signatures.Names)
        {
            if (known.Expression.Match(name) is { Success: true } match && match.Groups["model"] is { Success: true } model
                && ModelName.Find(model.ValueSpan) is { } told)
            {
                return told;
            }
        }

        // Other harnesses write their model as the name, or after the agent's own name.
        return ModelName.Find(name) ?? (name.StartsWith("Claude ", StringComparison.OrdinalIgnoreCase) || address.Agent.Length == 0
            ? ModelName.Find(name.AsSpan("Claude ".Length))
            : null);
    }
}
