namespace Airworthy.Alerts;

/// <summary>Nobody is told of something until a time; it is stored that it happened.</summary>
/// <param name="Subject">A change as <c>repository/id</c>, a whole repository by its name, or a service.</param>
/// <param name="By">Who says so.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">Since when, UTC.</param>
/// <param name="Until">Until when, UTC.</param>
public sealed record Silence(string Subject, string By, string Reason, DateTimeOffset At, DateTimeOffset Until);
