namespace Airworthy.Journeys.Queries;

/// <summary>A stack frame with its place in the source.</summary>
/// <param name="Symbol">The function; null when not told. From production: hostile.</param>
/// <param name="File">The file as sent; null when not told. From production: hostile.</param>
/// <param name="Path">The file in the repository; null when it is not of it.</param>
/// <param name="Line">The line; null when only the function is known.</param>
/// <param name="Unit">The function around it, for people; null when not found.</param>
/// <param name="InApp">True when the frame is the repository's own code.</param>
/// <param name="Source">The lines around it at the running revision; null when not in the repository.</param>
public sealed record TraceFrame(
    string? Symbol, string? File, string? Path, int? Line, string? Unit, bool InApp, SourceExcerpt? Source);
