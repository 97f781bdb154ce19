namespace Airworthy.Journeys;

/// <summary>Something in the server changed.</summary>
/// <param name="Kind"><c>incident</c>, <c>change</c>, <c>lesson</c>, <c>release</c> or <c>repository</c>.</param>
/// <param name="Id">Which one; of a release its service.</param>
public sealed record ServerEvent(string Kind, string Id);
