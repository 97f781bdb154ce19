using Airworthy.Model;

namespace Airworthy.Probation;

/// <summary>Something that was given to be judged can't be, or not so.</summary>
public sealed class ProbationException(Fault fault, string message, Exception? cause = null) : FaultException(fault, message, cause);
