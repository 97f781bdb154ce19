using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>
/// The marks agents leave, from <c>agent-signatures.json</c>: exact addresses, names, trailers, footers, each with its strength. The
/// file is data of the product, embedded. Its expressions repeat nothing inside a repetition and meet only bounded text, so no message can
/// stall them; the time limit is a second lock.
/// </summary>
internal sealed class AgentSignatures
{
    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(SignalLimits.MatchMilliseconds);

    private AgentSignatures(JsonElement root)
    {
        Addresses = Read(root, "identity_email");
        Names = Read(root, "identity_name");
        Trailers = Read(root, "trailers");
        Footers = Read(root, "footers");
        PullRequestBodies = Read(root, "pr_body");
        Logins = root.GetProperty("logins").EnumerateObject().ToDictionary(
            login => login.Name,
            login => (login.Value.GetProperty("agent").GetString()!, Strength(login.Value.GetProperty("strength").GetString()!)),
            StringComparer.OrdinalIgnoreCase);
        Labels = root.GetProperty("pr_labels").GetProperty("labels").EnumerateObject().ToDictionary(
            label => label.Name, label => label.Value.GetString()!, StringComparer.OrdinalIgnoreCase);
        BranchPrefixes =
        [
            .. root.GetProperty("branch_prefixes").GetProperty("prefixes").EnumerateObject()
                .Select(prefix => (prefix.Name, prefix.Value[0].GetString()!)),
        ];
        StaffDomains = root.GetProperty("negative").GetProperty("staff_domains").EnumerateArray().Select(domain => domain.GetString()!)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The signatures this build ships.</summary>
    public static AgentSignatures Default { get; } = Load();

    public ImmutableArray<Signature> Addresses { get; }

    public ImmutableArray<Signature> Names { get; }

    public ImmutableArray<Signature> Trailers { get; }

    public ImmutableArray<Signature> Footers { get; }

    public ImmutableArray<Signature> PullRequestBodies { get; }

    /// <summary>Accounts of GitHub that only an agent has.</summary>
    public IReadOnlyDictionary<string, (string Agent, SignalStrength Strength)> Logins { get; }

    /// <summary>Labels of a pull request that say an agent had a part in it.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; }

    /// <summary>Branch prefixes with their agent.</summary>
    public ImmutableArray<(string Prefix, string Agent)> BranchPrefixes { get; }

    /// <summary>Domains whose addresses are people, but for the exact ones among <see cref="Addresses"/>.</summary>
    public IReadOnlySet<string> StaffDomains { get; }

    /// <summary>The agent that names its branches like <paramref name="branch"/>; null when none does.</summary>
    public string? AgentOfBranch(ReadOnlySpan<char> branch)
    {
        foreach (var (prefix, agent) in BranchPrefixes)
        {
            if (branch.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return agent;
            }
        }

        return null;
    }

    /// <summary>The expression of a pattern, for one line or name.</summary>
    public static Regex Expression(string pattern) => new(pattern, Options, s_limit);

    /// <summary>One expression that matches when any of <paramref name="signatures"/> can, for a quick no.</summary>
    public static Regex Any(IEnumerable<Signature> signatures) =>
        new(string.Join('|', signatures.Select(signature => $"(?:{signature.Pattern})")), Options | RegexOptions.Multiline, s_limit);

    private static AgentSignatures Load()
    {
        using var stream = typeof(AgentSignatures).Assembly.GetManifestResourceStream(typeof(AgentSignatures), "agent-signatures.json")!;
        using var document = JsonDocument.Parse(stream);
        return new AgentSignatures(document.RootElement);
    }

    private static ImmutableArray<Signature> Read(JsonElement root, string section) =>
    [
        .. root.GetProperty(section).EnumerateArray().Select(entry =>
        {
            return new Signature(
                entry.GetProperty("agent").GetString()!,
                entry.GetProperty("re").GetString()!,
                Strength(entry.GetProperty("strength").GetString()!),
                entry.TryGetProperty("gives", out var gives) && gives.ValueEquals("session"),
                entry.TryGetProperty("where", out var where) ? where.GetString()! : "");
        }),
    ];

    private static SignalStrength Strength(string word) => word switch
    {
        "proof" => SignalStrength.Proof,
        "strong" => SignalStrength.Strong,
        "weak" => SignalStrength.Weak,
        "assist" => SignalStrength.Assist,
        _ => throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"agent-signatures.json: '{word}' is no strength")),
    };
}
