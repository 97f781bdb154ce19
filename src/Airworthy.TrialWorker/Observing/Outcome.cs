namespace Airworthy.TrialWorker.Observing;

/// <summary>How a call ended, and all that can be seen of it.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Exception">The type of what was thrown; empty when nothing was.</param>
/// <param name="Message">Its message.</param>
/// <param name="Parts">What was seen, as text: the result, the arguments, the receiver, the console.</param>
internal sealed record Outcome(CallEnd End, string Exception, string Message, string[] Parts)
{
    private const int MostText = 2000;

    /// <summary>For people: what it gave or threw.</summary>
    public string Text => Cut(End == CallEnd.Threw ? $"throws {Exception}{(Message.Length > 0 ? $": {Message}" : "")}" : Parts[0].Length > 0 ? Parts[0] : "returns");

    /// <summary>For people: what it gave or threw, and all else in which it differs from another.</summary>
    public string Against(Outcome other)
    {
        var rest = Enumerable.Range(1, Parts.Length - 1).Where(i => Parts[i] != other.Parts[i]).Select(i => Parts[i].Length > 0 ? Parts[i] : "prints nothing");
        return Cut(string.Join("; ", rest.Prepend(Text)));
    }

    /// <summary>The first part that differs from another's; -1 when none does.</summary>
    public int FirstPart(Outcome other) => Enumerable.Range(0, Parts.Length).FirstOrDefault(i => Parts[i] != other.Parts[i], -1);

    public bool IsSame(Outcome other) => End == other.End && Exception == other.Exception && Message == other.Message && FirstPart(other) < 0;

    /// <summary>The same, whatever the messages say: they are for people.</summary>
    public bool IsAlike(Outcome other) => End == other.End && Exception == other.Exception && FirstPart(other) < 0;

    private static string Cut(string text) => text.Length > MostText ? text[..MostText] + "…" : text;
}
