namespace Airworthy.Server.Ofrep;

/// <summary>What is asked of flags.</summary>
/// <param name="Context">The evaluation context; <c>targetingKey</c> of it is read.</param>
internal sealed record OfrepRequest(IReadOnlyDictionary<string, object>? Context);
