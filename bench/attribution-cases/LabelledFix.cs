using Airworthy.Model;

namespace Airworthy.AttributionCases;

/// <summary>An incident whose cause is known: what failed, where and when, and who says what caused it.</summary>
/// <param name="Name">What to call it: the commit that mended it, or an issue.</param>
/// <param name="Revision">The revision that failed: the parent of the fix, or a bad release.</param>
/// <param name="Seen">When it was seen; null when not known.</param>
/// <param name="Trace">The stack trace.</param>
/// <param name="Causes">The commits that caused it: any of them is the right answer; none where the cause lies outside of the repository.</param>
/// <param name="Label">How the cause is known.</param>
internal sealed record LabelledFix(
    string Name, CommitId Revision, DateTimeOffset? Seen, StackTrace Trace, IReadOnlyCollection<CommitId> Causes, LabelSource Label);
