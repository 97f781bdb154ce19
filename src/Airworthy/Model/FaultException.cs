namespace Airworthy.Model;

/// <summary>
/// An expected failure, told in one sentence that says what is wrong, where, and what to do. Each capability derives its own.
/// </summary>
public abstract class FaultException(Fault fault, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whose fault it is.</summary>
    public Fault Fault { get; } = fault;
}
