using System.Text;

namespace Airworthy.TrialWorker.Observing;

/// <summary>How a call ended, and all that can be seen of it.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Exception">The type of what was thrown; empty when nothing was.</param>
/// <param name="Message">Its message.</param>
/// <param name="Seen">What was seen, as text: result, arguments, receiver, console.</param>
internal sealed record Outcome(CallEnd End, string Exception, string Message, string Seen)
{
    /// <summary>For people, cut to a length that can be read.</summary>
    public string Text
    {
        get
        {
            var text = End == CallEnd.Threw ? $"throws {Exception}{(Message.Length > 0 ? $": {Message}" : "")}" : Seen;
            if (End == CallEnd.Threw && Seen.Length > 0)
            {
                text += $"; {Seen}";
            }

            return text.Length > 2000 ? text[..2000] + "…" : text;
        }
    }

    /// <summary>The place before which two outcomes' texts are the same.</summary>
    public static int Common(string left, string right)
    {
        var shorter = Math.Min(left.Length, right.Length);
        for (var i = 0; i < shorter; i++)
        {
            if (left[i] != right[i])
            {
                return i;
            }
        }

        return shorter;
    }

    public bool IsSame(Outcome other) => End == other.End && Exception == other.Exception && Message == other.Message && Seen == other.Seen;

    public override string ToString() => new StringBuilder(Text).ToString();
}
