namespace Airworthy.Alerts;

/// <summary>Something that others are told of; stored with what happened, in one transaction.</summary>
/// <param name="Sequence">Its place in the order, from 1.</param>
/// <param name="Type">What: <c>change.suspect</c>, <c>change.switched-off</c>, <c>objective.burning</c>…</param>
/// <param name="Subject">Of what: a change as <c>repository/id</c>, or a service.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Body">The rest, a JSON object. Its texts come from repositories and production: hostile.</param>
public sealed record Happening(long Sequence, string Type, string Subject, DateTimeOffset At, string Body);
