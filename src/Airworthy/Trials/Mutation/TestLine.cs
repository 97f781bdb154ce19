namespace Airworthy.Trials.Mutation;

/// <summary>A line of a test worker's results: one of these.</summary>
/// <param name="Suite">What was run before any mutant.</param>
/// <param name="Begun">The mutant that runs from here on; what ends the worker now was it.</param>
/// <param name="Test">What came of one.</param>
/// <param name="IsDone">True on the last line.</param>
public sealed record TestLine(TestSuite? Suite = null, int Begun = 0, MutantTest? Test = null, bool IsDone = false);
