namespace Airworthy.Journeys.Agents;

/// <summary>A changed function that does not pass.</summary>
/// <param name="Unit">Its name.</param>
/// <param name="Where">Its file and line.</param>
/// <param name="Verdict"><c>fail</c> or <c>insufficient</c>.</param>
/// <param name="Author">Who changed it: <c>ai</c>, <c>human</c> or <c>unknown</c>.</param>
/// <param name="Critical">The critical areas it lies in.</param>
/// <param name="Lacks">The evidence that is asked for and not there.</param>
/// <param name="Problems">What else is wrong: what is forbidden, what falls short, what is risky.</param>
public sealed record JudgedAnswer(
    Quote Unit, Quote Where, string Verdict, string Author, IReadOnlyList<Quote> Critical, IReadOnlyList<string> Lacks, IReadOnlyList<Quote> Problems);
