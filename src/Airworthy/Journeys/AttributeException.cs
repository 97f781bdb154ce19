using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>A stack trace or a time that can't be read.</summary>
public sealed class AttributeException(Fault fault, string message, Exception? cause = null) : FaultException(fault, message, cause);
