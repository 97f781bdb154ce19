using Airworthy.Model;

namespace Airworthy.Telemetry;

/// <summary>Keeps which functions operations lead to, learnt from the stack traces of their failures.</summary>
public interface IOperationLinks
{
    /// <summary>Traces of an operation that are looked at; more say nothing new.</summary>
    const int MostTraces = 100;

    /// <summary>Adds a trace of an operation; nothing once <see cref="MostTraces"/> were added.</summary>
    Task AddAsync(string service, string operation, IReadOnlyCollection<StackFrame> frames, CancellationToken cancel);

    /// <summary>What a service's operations lead to.</summary>
    Task<IReadOnlyList<OperationLink>> OfAsync(string service, CancellationToken cancel);
}
