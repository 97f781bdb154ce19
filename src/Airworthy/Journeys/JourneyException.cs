using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>A request that names something that is not there, or that can't be done as asked.</summary>
public sealed class JourneyException(Fault fault, string message, Exception? cause = null) : FaultException(fault, message, cause);
