using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Provenance.Carrying;

namespace Airworthy.Journeys.Agents;

/// <summary>Answers what the gate would say of a range of commits, or of a diff that is not committed yet. Tests' reports are not read: those are given to <c>airworthy gate</c>.</summary>
public sealed class GateOpinion(IAgentSource source, TimeProvider time)
{
    private const int UnitsOfPage = 10;
    private const int MostProblems = 4;
    private const int MostCommands = 3;
    private const int MostRules = 8;

    /// <param name="baseRevision">What the change is to land on; null for the main branch. A diff is put on its tip.</param>
    /// <param name="headRevision">The change's last commit; null for HEAD.</param>
    /// <param name="diff">A diff to judge instead of <paramref name="headRevision"/>, counted as an agent's.</param>
    /// <param name="repository">The repository; null for the only one.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="FaultException">A revision is unknown, the diff does not apply, or the policy can't be read.</exception>
    public async Task<GateAnswer> AnswerAsync(
        string? baseRevision, string? headRevision, string? diff, string? repository, string? cursor, CancellationToken cancel)
    {
        var (git, _) = await source.RepositoryAsync(repository, cancel);
        if (string.IsNullOrEmpty(diff))
        {
            var land = string.IsNullOrEmpty(baseRevision) ? await MainBranch.FindAsync(git, cancel) : baseRevision;
            _ = land ?? throw new JourneyException(Fault.Usage, "no base is told, and no main branch is there by a usual name; give 'base'");
            return Answer(await new Gate(git, time).JudgeAsync(land, string.IsNullOrEmpty(headRevision) ? "HEAD" : headRevision, cancel), isDraft: false, cursor);
        }

        if (!string.IsNullOrEmpty(headRevision))
        {
            throw new JourneyException(Fault.Usage, "give 'diff' or 'head', not both; a diff is put on 'base'");
        }

        // Without a base what is not committed yet was made on HEAD.
        var parent = await git.ResolveAsync(string.IsNullOrEmpty(baseRevision) ? "HEAD" : baseRevision, cancel);
        await using var draft = await DraftCommit.OfAsync(git, parent, diff, cancel);
        await AttestAsync(draft, cancel);
        return Answer(await new Gate(draft.Repository, time).JudgeAsync(parent.Hex, draft.Commit.Hex, cancel), isDraft: true, cursor);
    }

    /// <summary>Who asks here is an agent, so what it shows counts as an agent's, whatever a policy says of unmarked code.</summary>
    private async Task AttestAsync(DraftCommit draft, CancellationToken cancel)
    {
        var commit = await draft.Repository.CommitAsync(draft.Commit, cancel);
        try
        {
            await NoteAddition.WriteAsync(draft.Repository, commit, NoteAuthor.Agent("unknown-agent", model: null, session: null, person: null), [], time, cancel);
        }
        catch (CarryException)
        {
            // It only takes lines away: there is none to attest.
        }
    }

    private static GateAnswer Answer(GateReport report, bool isDraft, string? cursor)
    {
        var judged = report.Judgement.Units;
        var wrong = judged.Where(unit => unit.Kind != VerdictKind.Pass).ToArray();
        var page = AnswerPage<UnitVerdict>.Of(wrong, cursor, UnitsOfPage);
        return new GateAnswer(
            Words.Of(report.Judgement.Kind),
            report.Base.Short,
            isDraft ? null : report.Head.Short,
            report.Files,
            new WroteAnswer(
                (int)report.Lines.Ai,
                (int)report.Lines.Human,
                (int)report.Lines.Unknown,
                Quote.Of(judged.SelectMany(unit => unit.Changed.Authorship.Agents).Select(agent => agent.Name).Distinct(StringComparer.Ordinal), MostProblems)),
            [.. page.Items.Select(Unit)],
            page.Total,
            judged.Length,
            Quote.Of(report.Verdict.Reasons, MostRules),
            report.Unmeasured.Length,
            Quote.Of(Commands(wrong), MostCommands),
            ["Coverage and mutation reports are not read here; after the tests ran, 'airworthy gate --coverage FILE' counts them."],
            page.Next);
    }

    private static JudgedAnswer Unit(UnitVerdict unit) => new(
        Quote.Of(unit.Changed.Unit.Name, 200),
        Quote.Of(unit.Changed.Unit.Span.Start > 0 ? $"{unit.Changed.Unit.Path.Display}:{unit.Changed.Unit.Span.Start}" : unit.Changed.Unit.Path.Display),
        Words.Of(unit.Kind),
        Words.Of(unit.Changed.Authorship.Kind),
        Quote.Of(unit.Areas.Select(area => area.Name), MostProblems),
        [.. unit.Missing.Select(kind => kind.Asks)],
        Quote.Of(Problems(unit), MostProblems));

    private static IEnumerable<string> Problems(UnitVerdict unit) =>
    [
        .. unit.Denied.Select(area => $"{area.Name} denies changes by agents"),
        .. unit.Forbidden.Select(broken => broken.Says),
        .. unit.Short.Select(fall => $"{fall.Kind.Name} falls short of {fall.Least:0.##}"),
        .. unit.Changed.Risks.Select(risk => $"line {risk.Line}: {risk.Says}"),
    ];

    private static IEnumerable<string> Commands(IEnumerable<UnitVerdict> units) => units
        .SelectMany(unit => unit.Missing.Select(kind => EvidenceCommands.For(kind, unit.Changed.Unit.Path)))
        .GroupBy(command => command, StringComparer.Ordinal)
        .OrderByDescending(same => same.Count())
        .ThenBy(same => same.Key, StringComparer.Ordinal)
        .Select(same => same.Key);
}
