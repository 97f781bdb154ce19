namespace Airworthy.Journeys.Agents;

/// <summary>A frame of a trace.</summary>
/// <param name="Function">The function.</param>
/// <param name="Where">Its file and line in the repository; null when it is not of it.</param>
/// <param name="InApp">True when it is the repository's own code.</param>
public sealed record FrameAnswer(Quote? Function, Quote? Where, bool InApp);
