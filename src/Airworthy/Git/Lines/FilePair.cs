namespace Airworthy.Git.Lines;

/// <summary>Two blobs whose lines are to be compared, by their names in hexadecimal digits.</summary>
/// <param name="Old">The one before; null for a file that is new.</param>
/// <param name="New">The one after.</param>
internal readonly record struct FilePair(string? Old, string New);
