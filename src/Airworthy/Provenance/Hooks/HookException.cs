using Airworthy.Model;

namespace Airworthy.Provenance.Hooks;

/// <summary>Hooks can't be installed or removed without harm to what is there.</summary>
public sealed class HookException(Fault fault, string message, Exception? cause = null) : FaultException(fault, message, cause);
