using Airworthy.Model;

namespace Airworthy.Probes;

/// <summary>A manifest or a report of probes can't be used as it is.</summary>
public sealed class ProbeException(Fault fault, string message, Exception? cause = null) : FaultException(fault, message, cause);
