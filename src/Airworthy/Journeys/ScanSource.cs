namespace Airworthy.Journeys;

/// <summary>How many commits or lines are known from one kind of signal.</summary>
/// <param name="Kind">The kind of signal, e.g. <c>co-author</c>.</param>
/// <param name="Count">Those whose most direct signal it is.</param>
public sealed record ScanSource(string Kind, long Count);
