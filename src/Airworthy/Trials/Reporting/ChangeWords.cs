namespace Airworthy.Trials.Reporting;

/// <summary>What a change says of itself.</summary>
/// <param name="Message">Its commit messages.</param>
/// <param name="TestWords">The words of the lines it adds to tests.</param>
public sealed record ChangeWords(string Message, IReadOnlySet<string> TestWords);
