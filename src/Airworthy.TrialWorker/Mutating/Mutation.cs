using Microsoft.CodeAnalysis;

namespace Airworthy.TrialWorker.Mutating;

/// <summary>A mutant as syntax, before it has a number.</summary>
/// <param name="Node">What it replaces: an expression, or a statement.</param>
/// <param name="Line">The line it is about, from 1: that of the operator, where there is one.</param>
/// <param name="Mutator">What kind of change it is.</param>
/// <param name="Replacement">What stands there instead; null for nothing.</param>
internal sealed record Mutation(SyntaxNode Node, int Line, string Mutator, SyntaxNode? Replacement);
