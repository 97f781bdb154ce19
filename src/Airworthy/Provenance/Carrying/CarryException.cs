using Airworthy.Model;

namespace Airworthy.Provenance.Carrying;

/// <summary>Authorship can't be recorded or carried as asked.</summary>
public sealed class CarryException(Fault fault, string message) : FaultException(fault, message);
