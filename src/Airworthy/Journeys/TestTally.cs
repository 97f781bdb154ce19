using System.Collections.Immutable;

namespace Airworthy.Journeys;

/// <summary>How the tests of a change came out, and who wrote those that it brings.</summary>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Failed">Tests that failed.</param>
/// <param name="Flaky">Tests that failed in one attempt and passed in another.</param>
/// <param name="Skipped">Tests that did not run.</param>
/// <param name="Changed">The tests that the change brings or edits, as far as its lines tell.</param>
/// <param name="OfTheCodesAgents">True when an agent wrote both code of the change and tests of it.</param>
public sealed record TestTally(int Passed, int Failed, int Flaky, int Skipped, ImmutableArray<ChangedTest> Changed, bool OfTheCodesAgents)
{
    /// <summary>Tests that ran.</summary>
    public int Ran => Passed + Failed + Flaky;
}
