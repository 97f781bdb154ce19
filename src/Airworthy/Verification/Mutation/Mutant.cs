namespace Airworthy.Verification.Mutation;

/// <summary>A change that a mutation tester made to the code, and whether a test noticed.</summary>
/// <param name="Line">The first line it changed, in the file that was tested.</param>
/// <param name="Identity">What tells it from others of its line: where it is and what it did.</param>
/// <param name="Noticed">True when a test failed or ran out of time over it.</param>
public readonly record struct Mutant(int Line, string Identity, bool Noticed);
