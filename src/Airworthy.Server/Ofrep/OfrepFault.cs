namespace Airworthy.Server.Ofrep;

/// <summary>Why a flag can't answer.</summary>
/// <param name="Key">Its key; null when all were asked.</param>
/// <param name="ErrorCode">As OFREP names errors.</param>
/// <param name="ErrorDetails">A sentence.</param>
internal sealed record OfrepFault(string? Key, string ErrorCode, string ErrorDetails)
{
    public static OfrepFault WithoutKey(string key) => new(key, "TARGETING_KEY_MISSING", "the flag is on for a share of targeting keys, and the context has none");
}
