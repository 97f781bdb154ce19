namespace Airworthy.Journeys.Intake;

/// <summary>An experiment that named the first bad commit of an incident, as it is sent to a server.</summary>
/// <param name="Commit">The commit from which on it fails, in full.</param>
/// <param name="Good">A commit at which it does not fail.</param>
/// <param name="Bad">A commit at which it fails.</param>
/// <param name="Command">What was run.</param>
/// <param name="Tested">Revisions decided.</param>
/// <param name="Runs">Runs in all.</param>
/// <param name="Error">The chance that it is wrong, at most; 0 when one run decides.</param>
public sealed record ProofRequest(string Commit, string Good, string Bad, string Command, int Tested, int Runs, double Error);
