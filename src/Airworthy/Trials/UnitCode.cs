namespace Airworthy.Trials;

/// <summary>Where the code of a unit stands on one side.</summary>
/// <param name="Path">Its file, from the repository's top.</param>
/// <param name="Line">Its first line.</param>
/// <param name="EndLine">Its last line.</param>
public sealed record UnitCode(string Path, int Line, int EndLine);
