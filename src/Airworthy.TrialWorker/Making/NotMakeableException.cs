namespace Airworthy.TrialWorker.Making;

/// <summary>No value of a type can be made; the message says why.</summary>
internal sealed class NotMakeableException(string message) : Exception(message);
