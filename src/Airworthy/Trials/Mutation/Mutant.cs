namespace Airworthy.Trials.Mutation;

/// <summary>One small change to code that the change under trial wrote: what a test of it should notice.</summary>
/// <param name="Id">From 1; the number by which it is switched on.</param>
/// <param name="Unit">The unit it lies in, by its index in the plan.</param>
/// <param name="Path">Its file, from the repository's top.</param>
/// <param name="Start">Where the code begins that it replaces.</param>
/// <param name="End">Where that ends, exclusive.</param>
/// <param name="Mutator">What kind of change it is: <c>boundary</c>, <c>logical</c>.</param>
/// <param name="Original">The code it replaces, on one line.</param>
/// <param name="Replacement">The code instead, on one line; empty when a statement is taken out.</param>
public sealed record Mutant(int Id, int Unit, string Path, CodePosition Start, CodePosition End, string Mutator, string Original, string Replacement)
{
    /// <summary>False when the compiler refuses it: it is rolled back, and judges no test. The default value is <see langword="true"/>.</summary>
    public bool Compiles { get; init; } = true;
}
