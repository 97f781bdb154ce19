namespace Airworthy.Verification;

/// <summary>A report that was read.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="Format">Its format.</param>
/// <param name="Files">How many files it names.</param>
/// <param name="Matched">How many of them are files of this repository.</param>
public sealed record ReportRead(string Name, string Format, int Files, int Matched);
