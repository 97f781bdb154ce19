namespace Airworthy.Journeys.Queries;

/// <summary>The API's answer that lists lessons.</summary>
public sealed record LessonList(IReadOnlyList<LessonSummary> Lessons);
