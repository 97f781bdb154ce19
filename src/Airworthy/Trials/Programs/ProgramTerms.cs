namespace Airworthy.Trials.Programs;

/// <summary>How a trial of a program is made.</summary>
/// <param name="Run">The program's command, from the top of a built revision: <c>./rsync</c>. A shell reads it.</param>
/// <param name="Budget">How long new variations are begun.</param>
/// <param name="Patience">How long one run may take.</param>
/// <param name="Seed">The same seed, the same order of variations.</param>
/// <param name="Jobs">Runs at once, at least 1.</param>
public sealed record ProgramTerms(string Run, TimeSpan Budget, TimeSpan Patience, int Seed, int Jobs);
