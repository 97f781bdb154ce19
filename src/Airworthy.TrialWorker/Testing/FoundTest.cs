using System.Reflection;

namespace Airworthy.TrialWorker.Testing;

/// <summary>A test case of a stranger's test assembly.</summary>
/// <param name="Name">Its class and method, and which of its cases it is.</param>
/// <param name="Method">The method.</param>
/// <param name="Arguments">What it is called with.</param>
/// <param name="Dialect">The framework it is written with.</param>
internal sealed record FoundTest(string Name, MethodInfo Method, object?[] Arguments, ITestDialect Dialect)
{
    /// <summary>What the method is to return; null when it returns nothing that is looked at.</summary>
    public (bool IsGiven, object? Value) Expected { get; init; }
}
