using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>Author and committer: by an agent's exact address, and by the <c>(aider)</c> that aider appends to a person's name.</summary>
internal sealed class IdentityReader(AgentSignatures signatures) : ISignalReader
{
    private const string AiderSuffix = "(aider)";
    private readonly VendorAddresses _addresses = new(signatures);

    public IEnumerable<Signal> Read(Commit commit, MessageBody body)
    {
        if (Read("author", commit.Author) is { } author)
        {
            yield return author;
        }

        if (commit.Committer != commit.Author && Read("committer", commit.Committer) is { } committer)
        {
            yield return committer;
        }
    }

    private Signal? Read(string role, Identity identity)
    {
        var value = SignalLimits.Bound($"{identity.Name} <{identity.Email}>");
        if (_addresses.Find(identity) is { } vendor)
        {
            return new Signal(role, "commit", vendor.Strength, value, vendor.Agent);
        }

        if (identity.Name.TrimEnd().EndsWith(AiderSuffix, StringComparison.OrdinalIgnoreCase))
        {
            // As committer only, aider saved a person's own edits before it began.
            var strength = role == "author" ? SignalStrength.Strong : SignalStrength.Assist;
            return new Signal(role, "commit", strength, value, new Agent("aider"));
        }

        return null;
    }
}
