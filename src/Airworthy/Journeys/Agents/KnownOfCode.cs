using System.Globalization;
using Airworthy.Code;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Airworthy.Provenance;

namespace Airworthy.Journeys.Agents;

/// <summary>Answers what is known of a file or of a function: who wrote it, where it runs, what broke there, what that taught, and what is missing.</summary>
public sealed class KnownOfCode(IAgentSource source, TimeProvider time)
{
    private const int UnitsOfPage = 20;
    private const int MostIncidents = 5;
    private const int MostAgents = 6;
    private const int MostRules = 5;

    /// <param name="path">The file.</param>
    /// <param name="symbol">The function's name or a part of it; null for all of the file.</param>
    /// <param name="revision">The revision; null for HEAD.</param>
    /// <param name="repository">The repository; null for the only one.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="FaultException">There is no such file, function or revision.</exception>
    public async Task<CodeAnswer> AnswerAsync(
        string? path, string? symbol, string? revision, string? repository, string? cursor, CancellationToken cancel)
    {
        var (git, name) = await source.RepositoryAsync(repository, cancel);
        var file = AskedPath.Read(path, git);
        var commit = await git.ResolveAsync(string.IsNullOrEmpty(revision) ? "HEAD" : revision, cancel);
        var text = await git.ReadAsync(commit, file, CodeUnits.MaxBytes, cancel)
            ?? throw new JourneyException(Fault.Usage, $"there is no file '{InertText.Line(file.Display, 200)}' of at most {CodeUnits.MaxBytes:N0} bytes at {commit.Short}; paths are given from the repository's top, and what is not committed is not known");
        var authors = await DeclaredAuthors.OpenAsync(git, commit, [], cancel);
        var origins = await git.Lines.OriginsAsync(file, commit, cancel);
        var runs = origins is null ? [] : await authors.OfFileAsync(origins, cancel);
        var (record, missing) = await RecordAsync(name, file, cancel);
        if (git.IsShallow)
        {
            missing.Add("Who wrote older lines: the clone is shallow; 'git fetch --unshallow' brings the history.");
        }

        var units = Chosen(CodeUnits.Read(file, text), symbol, file);
        var page = AnswerPage<CodeUnit>.Of(units, cursor, UnitsOfPage);
        var wrote = Wrote(runs, new LineSpan(1, Math.Max(1, origins?.Lines ?? 0)));
        missing.AddRange(Unproven(units, runs, record, wrote));
        return new CodeAnswer(
            Quote.Of(file.Display),
            commit.Short,
            origins?.Lines ?? 0,
            wrote,
            Quote.Of(authors.Policy.AreasOf(file).Select(area => area.Name), MostRules),
            [.. page.Items.Select(unit => Unit(unit, runs, record, commit))],
            page.Total,
            [.. (record?.Incidents ?? []).Take(MostIncidents).Select(IncidentAnswer.Of)],
            [.. InForce(record).Take(MostRules).Select(RuleAnswer.Of)],
            missing,
            page.Next);
    }

    private static IReadOnlyList<CodeUnit> Chosen(IReadOnlyList<CodeUnit> units, string? symbol, RepoPath file)
    {
        if (string.IsNullOrEmpty(symbol))
        {
            return units;
        }

        var chosen = units.Where(unit => unit.Name.Contains(symbol, StringComparison.Ordinal) || unit.Symbol.Contains(symbol, StringComparison.Ordinal)).ToList();
        return chosen.Count > 0
            ? chosen
            : throw new JourneyException(Fault.Usage, $"no function of '{InertText.Line(file.Display, 200)}' has '{InertText.Line(symbol, 100)}' in its name; leave 'symbol' out to see its {Words.Count(units.Count, "function")}");
    }

    /// <summary>What the server knows of the file, and what can't be known without one.</summary>
    private async Task<(CodeRecord? Record, List<string> Missing)> RecordAsync(string name, RepoPath file, CancellationToken cancel)
    {
        if (source.Server is not { } server)
        {
            return (null, ["Where it runs, what broke there and what that taught: no server is asked; start with 'airworthy mcp --server URL'."]);
        }

        try
        {
            return await server.CodeAsync(name, file.Value, cancel) is { } record
                ? (record, record.RunsNote is { } note ? [$"Where it runs: {InertText.Line(note, 200)}"] : [])
                : (null, ["Where it runs, what broke there and what that taught: the server reads no repository of this name; start with 'airworthy mcp --repository NAME'."]);
        }
        catch (FaultException fault) when (fault.Fault is Fault.Unavailable)
        {
            return (null, ["Where it runs, what broke there and what that taught: the server does not answer."]);
        }
    }

    private static IEnumerable<string> Unproven(
        IReadOnlyList<CodeUnit> units, IReadOnlyList<AuthoredRun> runs, CodeRecord? record, WroteAnswer wrote)
    {
        if (wrote.Unknown > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"Who wrote {wrote.Unknown:N0} of {wrote.Ai + wrote.Human + wrote.Unknown:N0} lines: nothing marks their commits.");
        }

        if (record is not { Runs.Count: > 0 })
        {
            yield break;
        }

        var ai = units.Where(unit => Wrote(runs, unit.Span).Ai > 0).ToArray();
        var unseen = ai.Count(unit => !Runs(unit, record).Any());
        if (unseen > 0)
        {
            yield return $"Whether {unseen:N0} of {Words.Count(ai.Length, "function")} with lines of an agent ever ran: production showed no call.";
        }
    }

    private IEnumerable<LessonSummary> InForce(CodeRecord? record)
    {
        var now = time.GetUtcNow();
        return (record?.Lessons ?? []).Where(lesson => RuleAnswer.IsInForce(lesson, now));
    }

    private static UnitAnswer Unit(CodeUnit unit, IReadOnlyList<AuthoredRun> runs, CodeRecord? record, CommitId commit)
    {
        var wrote = Wrote(runs, unit.Span);
        var seen = Runs(unit, record).ToArray();
        return new UnitAnswer(
            Quote.Of(unit.Name, 200),
            unit.Span.Start,
            unit.Span.End,
            wrote.Ai,
            wrote.Human,
            wrote.Unknown,
            seen.Length == 0 ? null : seen.Sum(run => run.Calls),
            seen.Length == 0 ? null : seen.Sum(run => run.Bad),
            seen.FirstOrDefault(run => run.Statements > 0 && run.Revision == commit.Hex)?.NeverRan);
    }

    private static IEnumerable<UnitEvidence> Runs(CodeUnit unit, CodeRecord? record) =>
        (record?.Runs ?? []).Where(run => string.Equals(run.Unit, unit.Symbol, StringComparison.Ordinal));

    private static WroteAnswer Wrote(IReadOnlyList<AuthoredRun> runs, LineSpan span)
    {
        int ai = 0, human = 0, unknown = 0;
        var agents = new List<string>();
        foreach (var run in runs.Where(run => run.Lines.Span.Overlaps(span)))
        {
            var lines = Math.Min(run.Lines.Span.End, span.End) - Math.Max(run.Lines.Span.Start, span.Start) + 1;
            _ = run.Authorship.Kind switch
            {
                AuthorKind.Ai => ai += lines,
                AuthorKind.Human => human += lines,
                _ => unknown += lines,
            };
            agents.AddRange(run.Authorship.Agents.Select(agent => agent.Model is null ? agent.Name : $"{agent.Name} ({agent.Model})"));
        }

        return new WroteAnswer(ai, human, unknown, Quote.Of(agents.Distinct(StringComparer.Ordinal), MostAgents));
    }
}
