using Airworthy.Model;
using Airworthy.Policies;

namespace Airworthy.Journeys.Flags;

/// <summary>A flag of a repository's policy, with the changes it keeps off and whether one of them has it answer off.</summary>
/// <param name="Repository">The repository's name.</param>
/// <param name="Flag">The flag.</param>
/// <param name="Changes">The changes it keeps off and where each stands.</param>
/// <param name="OffBy">The changes for which it answers off whatever its ramp says, and why; empty when it does not.</param>
public sealed record KnownFlag(
    string Repository, FeatureFlag Flag, IReadOnlyList<(ChangeId Id, ChangeState State)> Changes, IReadOnlyList<(ChangeId Id, string Reason)> OffBy)
{
    private const int Weights = 100_000;

    /// <summary>Why it answers off; null when it does not.</summary>
    public string? Off => OffBy.Count == 0 ? null : OffBy[0].Reason;

    /// <summary>What it answers for a targeting key; null when it needs one and there is none.</summary>
    public FlagAnswer? Answer(string? targetingKey)
    {
        if (Off is not null)
        {
            return Of(isOn: false, "DISABLED");
        }

        if (Flag.Ramp is <= 0 or >= 1)
        {
            return Of(Flag.Ramp >= 1, "STATIC");
        }

        return string.IsNullOrEmpty(targetingKey) ? null : Of(BucketOf(Flag.Key, targetingKey) < Flag.Ramp * Weights, "SPLIT");
    }

    /// <summary>
    /// The bucket of a key, 0 to 99,999, as flagd's <c>fractional</c> reckons it. What is on comes first in the buckets, so that a ramp that grows only adds keys.
    /// </summary>
    internal static long BucketOf(string flag, string targetingKey) => (long)(((ulong)Murmur3.Of(flag + targetingKey) * Weights) >> 32);

    private FlagAnswer Of(bool isOn, string reason)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["repository"] = Repository };
        if (Changes.Count > 0)
        {
            metadata["change"] = string.Join(',', Changes.Select(change => change.Id.Value));
            metadata["state"] = string.Join(',', Changes.Select(change => Words.Of(change.State)));
        }

        if (Off is not null)
        {
            metadata["off"] = Off;
        }

        return new FlagAnswer(Flag.Key, isOn, (object?)(isOn ? Flag.On : Flag.Off) ?? isOn, reason, metadata);
    }
}
