using Airworthy.Model;

namespace Airworthy.Incidents.Bisecting;

/// <summary>A bisection that can't be begun or carried on.</summary>
public sealed class BisectException(Fault fault, string message, Exception? cause = null) : FaultException(fault, message, cause);
