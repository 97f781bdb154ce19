using Airworthy.Journeys.Flags;

namespace Airworthy.Server.Ofrep;

/// <summary>What a flag answers.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">The value.</param>
/// <param name="Reason">STATIC, SPLIT or DISABLED.</param>
/// <param name="Variant">on or off.</param>
/// <param name="Metadata">The changes it keeps off and where they stand.</param>
internal sealed record OfrepFlag(string Key, object Value, string Reason, string Variant, IReadOnlyDictionary<string, string> Metadata)
{
    public static OfrepFlag Of(FlagAnswer answer) => new(answer.Key, answer.Value, answer.Reason, answer.Variant, answer.Metadata);
}
