namespace Airworthy.Policies;

/// <summary>Something in changed code that reviews miss. It raises the evidence that is asked for; it fails nothing by itself.</summary>
/// <param name="Rule">The rule that saw it, e.g. <c>swallowed-exception</c>.</param>
/// <param name="Line">The line at the head.</param>
/// <param name="Says">What it is, as a sentence.</param>
public sealed record RiskSignal(string Rule, int Line, string Says);
