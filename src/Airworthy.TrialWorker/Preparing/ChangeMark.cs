namespace Airworthy.TrialWorker.Preparing;

/// <summary>A counter that stands at a line that changed.</summary>
/// <param name="Path">The file, from the checkout's top.</param>
/// <param name="Line">The line.</param>
/// <param name="Edge">The counter.</param>
internal readonly record struct ChangeMark(string Path, int Line, int Edge);
