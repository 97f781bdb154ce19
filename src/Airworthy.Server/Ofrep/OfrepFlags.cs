namespace Airworthy.Server.Ofrep;

/// <summary>What all flags answer; those that can't say why.</summary>
internal sealed record OfrepFlags(IReadOnlyList<object> Flags);
