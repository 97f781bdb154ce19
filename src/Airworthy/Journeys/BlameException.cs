using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>Lines can't be told as asked: a path that is not there.</summary>
public sealed class BlameException(Fault fault, string message) : FaultException(fault, message);
