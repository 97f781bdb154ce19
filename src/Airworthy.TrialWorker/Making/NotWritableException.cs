namespace Airworthy.TrialWorker.Making;

/// <summary>A value or a call can't be written as C# from outside; the message says why.</summary>
internal sealed class NotWritableException(string message) : Exception(message);
