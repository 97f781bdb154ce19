using Airworthy.Model;

namespace Airworthy.Trials;

/// <summary>A trial can't be held as it was asked for.</summary>
public sealed class TrialException(Fault fault, string message, Exception? cause = null) : FaultException(fault, message, cause);
