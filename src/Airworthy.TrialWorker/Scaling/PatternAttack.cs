namespace Airworthy.TrialWorker.Scaling;

/// <summary>A text that may take a regular expression long: a beginning, a piece again and again, an end.</summary>
/// <param name="Why">What in the expression is open to it.</param>
/// <param name="Beginning">What leads to it.</param>
/// <param name="Piece">What comes again and again; not empty.</param>
/// <param name="End">What does not fit after.</param>
internal sealed record PatternAttack(string Why, string Beginning, string Piece, string End)
{
    /// <summary>The text with the piece so often.</summary>
    public string Text(int times) => Beginning + string.Concat(Enumerable.Repeat(Piece, times)) + End;
}
