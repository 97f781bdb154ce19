using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>Two revisions that can't be compared: no common history, or too little of it here.</summary>
public sealed class GateException(Fault fault, string message, Exception? cause = null) : FaultException(fault, message, cause);
