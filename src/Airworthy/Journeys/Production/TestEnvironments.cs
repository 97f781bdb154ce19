using System.Collections.Frozen;

namespace Airworthy.Journeys.Production;

/// <summary>The usual names of environments in which tests run.</summary>
internal static class TestEnvironments
{
    private static readonly FrozenSet<string> s_names = new[] { "test", "tests", "testing", "ci", "e2e", "integration", "integration-test", "qa" }
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Holds(string environment) => s_names.Contains(environment);
}
