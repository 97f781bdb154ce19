using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>Reads who is named in a trailer that people and agents fill in alike.</summary>
internal static class FreeText
{
    /// <summary>The agent named; null when it is a person, also one with an agent's name and an address of their own.</summary>
    public static Agent? AgentOf(ReadOnlySpan<char> text, VendorAddresses addresses)
    {
        text = text.Trim();
        var open = text.LastIndexOf('<');
        if (open < 0 || text[^1] != '>')
        {
            return AgentName.Read(text);
        }

        var name = text[..open].Trim();
        var address = text[(open + 1)..^1];
        if (addresses.Find(new Identity(name.ToString(), address.ToString())) is { } vendor)
        {
            return vendor.Agent;
        }

        return address.Contains('@') ? null : AgentName.Read(name);
    }
}
