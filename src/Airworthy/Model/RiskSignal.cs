using System.Collections.Immutable;

namespace Airworthy.Model;

/// <summary>Something in changed code that reviews miss. It raises the evidence that is asked for; it fails nothing by itself.</summary>
/// <param name="Rule">The rule that saw it, e.g. <c>swallowed-exception</c>.</param>
/// <param name="Line">The line at the head.</param>
/// <param name="Says">What it is, as a sentence.</param>
public sealed record RiskSignal(string Rule, int Line, string Says)
{
    /// <summary>The names of all rules, as a policy calls them.</summary>
    public static ImmutableArray<string> Rules { get; } =
    [
        "swallowed-exception", "lost-cancellation", "sync-over-async", "check-then-act", "culture-dependent", "unbounded-growth",
        "unbounded-retry", "call-in-loop", "missing-timeout", "changed-bound", "changed-default", "removed-validation", "silent-error-path",
    ];
}
