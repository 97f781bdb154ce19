using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>A policy that can't be written: one is there, or the folder does not allow it.</summary>
public sealed class InitException(Fault fault, string message, Exception? cause = null) : FaultException(fault, message, cause);
