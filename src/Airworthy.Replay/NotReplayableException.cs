namespace Airworthy.Replay;

/// <summary>A recorded call can't be made again; the message says why.</summary>
internal sealed class NotReplayableException(string message) : Exception(message);
