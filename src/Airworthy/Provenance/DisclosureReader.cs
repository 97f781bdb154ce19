using System.Buffers;
using System.Text.RegularExpressions;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>
/// Sentences in which a person tells that an agent wrote or helped: "Ask Claude to …", "written with Codex". Also read in the subject,
/// where they stand most often. Weak: such a sentence can be about another commit, about a feature, or about a person of that name.
/// </summary>
internal sealed partial class DisclosureReader : ITextReader
{
    /// <summary>The kind of these signals.</summary>
    public const string Kind = "prose";

    private const int MostSentences = 8;

    // Characters read of a message: such sentences stand early, and the rest may be a log.
    private const int MostRead = 1 << 16;

    private const string Agent =
        @"(?:(?:an? |the )?(?<agent>Claude(?: Code| AI| (?:Opus|Sonnet|Haiku|Fable)(?: [0-9][0-9.]*)?)?|(?:OpenAI )?Codex(?: CLI)?|ChatGPT|GPT-[0-9][\w.]*|(?:GitHub )?Copilot"
        + @"|(?:Google )?Gemini(?: CLI)?|(?-i:Cursor)(?: Agent| AI)?|Devin(?: AI)?|Windsurf|Aider|OpenCode|Jules|Junie|Kiro|Roo Code|(?:AI|LLM)s?))";

    // The next word in capitals is a surname.
    private const string NoSurname = @"\b(?!-)(?!(?-i: [A-Z][a-z]+\b))";

    private const string Made =
        "(?:written|generated|created|made|built|implemented|coded|authored|produced|drafted|developed|fixed|done|refactored|ported|translated|rewritten|prototyped)";

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static readonly SearchValues<string> s_names = SearchValues.Create(
        ["claude", "codex", "chatgpt", "gpt-", "copilot", "gemini", "cursor", "devin", "windsurf", "aider", "opencode", "jules", "junie", "kiro", "roo code", "ai", "llm", "vibe"],
        StringComparison.OrdinalIgnoreCase);

    public IEnumerable<Signal> Read(MessageBody body)
    {
        var told = 0;
        var read = 0;
        foreach (var line in body.Lines.Prepend(body.Subject))
        {
            read += line.Length;
            if (read > MostRead || told == MostSentences)
            {
                yield break;
            }

            if (HoldsName(line) && Find(line) is { } agent)
            {
                told++;
                yield return new Signal(Kind, "commit", SignalStrength.Weak, SignalLimits.Bound(line), agent);
            }
        }
    }

    /// <summary>True when a word of the line begins with a name: a quick no, for "ai" is also in "main" and "fail".</summary>
    private static bool HoldsName(ReadOnlySpan<char> line)
    {
        for (var from = 0; line[from..].IndexOfAny(s_names) is var at and >= 0; from += at + 1)
        {
            if (from + at == 0 || !char.IsLetterOrDigit(line[from + at - 1]))
            {
                return true;
            }
        }

        return false;
    }

    private static Agent? Find(string line)
    {
        if (VibeCoded().IsMatch(line))
        {
            return new Agent(AgentName.Unknown);
        }

        var match = Sentence().Match(line);
        return !match.Success || Denied().IsMatch(line[..match.Index]) ? null
            : AgentName.Read(match.Groups["agent"].ValueSpan) ?? new Agent(AgentName.Unknown);
    }

    [GeneratedRegex(
        $@"\b(?:ask(?:ed|ing)?|prompt(?:ed|ing)?|told|instruct(?:ed|ing)?|got|used) {Agent}{NoSurname} to\b"
        + $@"|\b(?:ha[sd]|have|let|having) {Agent}{NoSurname} (?:write|fix|implement|generate|add|do|refactor|port|translate|build|create|draft)\b"
        + $@"|\b{Made} (?:(?:almost |mostly|entirely|largely|partly|partially|in part|completely|primarily) ?){{0,2}}(?:by|with|using|via) (?:(?:the )?(?:help|assistance|aid) (?:of|from) )?{Agent}{NoSurname}"
        + $@"|\b(?:with|using) (?:(?:some|the|a little) )?(?:help|assistance|aid) (?:of|from) {Agent}{NoSurname}"
        + $@"|\bwith {Agent}(?:['’]s)? (?:help|assistance)\b"
        + $@"|\b(?:assisted|helped|aided) by {Agent}{NoSurname}"
        + $@"|\b{Agent}{NoSurname} (?:wrote|generated|implemented|authored|coded|did|fixed|produced) (?:this|it|the|all|most|as)\b"
        + $@"|\b{Agent}{NoSurname} (?:was|were|has been) us(?:ed|ing) (?:in|for|to)\b"
        + $@"|(?:^|[(\[])(?:fully |partially |mostly |partly )?{Agent}[- ](?:generated|written|authored|assisted|coded)(?:$|[)\].,!]|(?: `[^`]*`)? (?:commit|change|patch|code|comment|doc|test|fix|draft|refactor)s?\b)"
        + $@"|\b(?:based on|following|from|per|after) {Agent}(?:['’]s)? suggestions?\b",
        Options, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\bvibe[- ]?cod(?:ed|ing)\b", Options, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex VibeCoded();

    [GeneratedRegex(
        @"\b(?:not|never|no|nothing|without|un|isn't|wasn't|weren't|aren't|remove[sd]?|drop(?:s|ped)?|reject(?:s|ed)?|detect(?:s|ed)?|block(?:s|ed)?|ban(?:s|ned)?|forbids?|track(?:s|ed|ing)?|supports?|counts?|if|whether)\b[^.!?]{0,40}$",
        Options, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex Denied();
}
