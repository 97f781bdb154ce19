using Airworthy.Model;

namespace Airworthy.Verification;

/// <summary>A report that can't be taken as evidence; the message names the report, where in it, and what to do.</summary>
public sealed class EvidenceException(string message, Exception? cause = null) : FaultException(Fault.BadInput, message, cause);
