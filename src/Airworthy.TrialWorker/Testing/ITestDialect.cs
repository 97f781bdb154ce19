using System.Reflection;

namespace Airworthy.TrialWorker.Testing;

/// <summary>One test framework: what of it is a test, and what stands around one. Its types are met by name, since each test assembly brings its own.</summary>
internal interface ITestDialect
{
    /// <summary>The cases of a method: none when it is no test; null when it is one of a shape that is not run here.</summary>
    IEnumerable<FoundTest>? Cases(MethodInfo method);

    /// <summary>Runs a case with all that stands around it; throws what it throws.</summary>
    void Run(FoundTest test, Fixtures fixtures);

    /// <summary>Whether what a test threw means that it did not want to be run; null when it means that it failed.</summary>
    bool IsPass(Exception thrown) => false;
}
