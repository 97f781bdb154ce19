using Airworthy.Model;
using Airworthy.Policies;

namespace Airworthy.Journeys.Agents;

/// <summary>Answers which rules hold for some paths: the lessons in force there, and what the policy asks of an agent's change to them.</summary>
public sealed class RulesForPaths(IAgentSource source, TimeProvider time)
{
    private const int RulesOfPage = 12;
    private const int MostPaths = 200;
    private const int MostGlobs = 5;

    /// <param name="paths">Files or folders that are about to change.</param>
    /// <param name="repository">The repository; null for the only one.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="FaultException">A path is none, or the policy can't be read.</exception>
    public async Task<RulesAnswer> AnswerAsync(IReadOnlyList<string>? paths, string? repository, string? cursor, CancellationToken cancel)
    {
        if (paths is null or { Count: 0 or > MostPaths })
        {
            throw new JourneyException(Fault.Usage, $"give 1 to {MostPaths} paths, from the repository's top");
        }

        var (git, name) = await source.RepositoryAsync(repository, cancel);
        var files = paths.Select(path => AskedPath.Read(path, git)).ToArray();
        var (lessons, missing) = await LessonsAsync(name, files, cancel);
        var policy = await PolicyFile.ReadAsync(git, await git.ResolveAsync("HEAD", cancel), cancel);
        var page = AnswerPage<RuleAnswer>.Of([.. lessons, .. Asked(policy, files)], cursor, RulesOfPage);
        return new RulesAnswer(page.Items, page.Total, missing, page.Next);
    }

    private async Task<(IReadOnlyList<RuleAnswer> Lessons, IReadOnlyList<string> Missing)> LessonsAsync(string name, RepoPath[] files, CancellationToken cancel)
    {
        if (source.Server is not { } server)
        {
            return ([], ["What incidents taught: no server is asked; start with 'airworthy mcp --server URL', or read the block in AGENTS.md."]);
        }

        try
        {
            var now = time.GetUtcNow();
            var inForce = (await server.LessonsAsync(name, cancel))
                .Where(lesson => RuleAnswer.IsInForce(lesson, now) && files.Any(file => LessonScope.Holds(lesson.Scope, file)))
                .OrderByDescending(lesson => lesson.Recurrences)
                .ThenByDescending(lesson => lesson.Written);
            return ([.. inForce.Select(RuleAnswer.Of)], []);
        }
        catch (FaultException fault) when (fault.Fault is Fault.Unavailable)
        {
            return ([], ["What incidents taught: the server does not answer; read the block in AGENTS.md."]);
        }
    }

    private static IEnumerable<RuleAnswer> Asked(Policy policy, RepoPath[] files)
    {
        foreach (var area in policy.Critical.Where(area => files.Any(area.Holds)))
        {
            yield return Rule(
                area.DenyId,
                area.Deny.Contains(AuthorKind.Ai)
                    ? $"Agents may not change this area, whose criticality is {Words.Of(area.Criticality)}: the gate fails. Leave it to a person."
                    : $"This area's criticality is {Words.Of(area.Criticality)}: keep changes small, and leave evidence for each.",
                area.Paths);
        }

        if (policy.Agents.Deny.Any(glob => files.Any(glob.Matches)))
        {
            yield return Rule(AgentRules.DenyId, "No agent may change these paths: the gate fails.", policy.Agents.Deny);
        }

        if (policy.Agents.Largest is { } largest)
        {
            yield return Rule(AgentRules.LargestId, $"At most {Words.Count(largest, "changed line")} of one change may lack evidence.", []);
        }

        foreach (var rule in policy.Evidence.Where(rule => files.Any(file => rule.AppliesTo(AuthorKind.Ai, file, policy.AreasOf(file)))))
        {
            var limits = rule.Risks.IsEmpty ? "" : " where the changed code has one of the risks it names";
            yield return Rule(rule.Id, $"A change by an agent needs {string.Join(" and ", rule.Require.Select(kind => kind.Asks))}{limits}.", rule.Paths);
        }
    }

    private static RuleAnswer Rule(string id, string rule, IEnumerable<GlobPattern> paths) =>
        new("policy", Quote.Of(id, 80), rule, Guard: null, Quote.Of(paths.Select(glob => glob.Text), MostGlobs), Incident: null, Until: null);
}
