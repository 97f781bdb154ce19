using System.Globalization;
using System.Text;
using Airworthy.Cli.Commands;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Cli.Attributions;

/// <summary>An attribution for people: the verdict, the suspect and its reasons, the others in a line.</summary>
internal static class AttributionText
{
    public static async Task WriteAsync(Attribution answer, GitRepository repository, bool explain, Terminal terminal, CancellationToken cancel)
    {
        var text = new StringBuilder();
        text.Append(answer.Verdict switch
        {
            AttributionVerdict.Attributed => string.Create(CultureInfo.InvariantCulture, $"ATTRIBUTED  confidence {answer.Confidence:0.00}"),
            AttributionVerdict.Ambiguous => string.Create(CultureInfo.InvariantCulture, $"AMBIGUOUS  confidence {answer.Confidence:0.00}"),
            _ => "NOT ATTRIBUTABLE",
        }).Append('\n');
        if (answer.Verdict != AttributionVerdict.Attributed)
        {
            text.Append("  ").Append(Plain(answer.Reason)).Append('\n');
        }

        if (!answer.Suspects.IsEmpty)
        {
            await AppendSuspectAsync(text, answer.Suspects[0], repository, cancel);
        }

        if (explain)
        {
            AppendFeatures(text, answer);
        }

        AppendFoot(text, answer);
        await using var writer = new StreamWriter(terminal.Out, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        await writer.WriteAsync(text, cancel);
    }

    private static async Task AppendSuspectAsync(StringBuilder text, Suspect suspect, GitRepository repository, CancellationToken cancel)
    {
        var commit = await repository.CommitAsync(suspect.Commit, cancel);
        text.Append(CultureInfo.InvariantCulture, $"  {suspect.Commit.Short}  \"{Plain(commit.Subject)}\"  {AttributionWords.Of(suspect.Role)} it\n");
        foreach (var reason in suspect.Reasons)
        {
            text.Append("     ").Append(Plain(reason)).Append('\n');
        }

        var who = suspect.Authorship.Kind switch
        {
            AuthorKind.Ai => $"ai · {AuthorshipText.Agents(suspect.Authorship)}",
            AuthorKind.Human => "human",
            _ => "unknown (no mark)",
        };
        text.Append(CultureInfo.InvariantCulture, $"     written by: {Plain(who)}      change {suspect.Change?.Value ?? "–"}\n");
    }

    private static void AppendFeatures(StringBuilder text, Attribution answer)
    {
        foreach (var suspect in answer.Suspects)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {suspect.Commit.Short}  belief {suspect.Score:0.000}  log-odds {suspect.Evidence.Sum(evidence => evidence.LogOdds):0.00}\n");
            foreach (var evidence in suspect.Evidence)
            {
                text.Append(CultureInfo.InvariantCulture, $"     {evidence.LogOdds,6:+0.00;-0.00}  {evidence.Feature} {evidence.Value:0.00}\n");
            }
        }
    }

    private static void AppendFoot(StringBuilder text, Attribution answer)
    {
        var others = answer.Suspects.Skip(1).Select(suspect => string.Create(CultureInfo.InvariantCulture, $"{suspect.Commit.Short} {suspect.Score:0.00}"));
        if (string.Join(", ", others) is { Length: > 0 } told)
        {
            text.Append("  other suspects: ").Append(told).Append('\n');
        }

        if (answer.Revision is { Commit: { } commit, Source: { } source } revision)
        {
            text.Append(CultureInfo.InvariantCulture, $"  blamed at {commit.Short} (from {From(source)})\n");
            if (revision.Degraded)
            {
                text.Append("! the revision that ran is not known, so the branch was blamed: give --rev\n");
            }
        }
    }

    private static string From(RevisionSource source) => source switch
    {
        RevisionSource.Given => "--rev",
        RevisionSource.BranchTip => "the branch's tip",
        RevisionSource.Tag => "the report's version, a tag",
        _ => "the report's " + AttributionWords.Of(source),
    };

    /// <summary>Text from commits and traces without what a terminal would obey.</summary>
    private static string Plain(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format ? "\uFFFD" : rune.ToString()));
}
