using Airworthy.Model;

namespace Airworthy.Cli.Commands;

/// <summary>Says in words who wrote something.</summary>
internal static class AuthorshipText
{
    /// <summary>The agents with their models, e.g. <c>claude-code (Opus 4.6), codex</c>; empty when none.</summary>
    public static string Agents(Authorship authorship) => string.Join(
        ", ",
        authorship.Agents.Select(agent => agent.Model is { } model ? $"{agent.Name} ({model})" : agent.Name).Distinct(StringComparer.Ordinal));

    /// <summary>What says otherwise, e.g. <c>  ! but co-author says claude-code</c>; empty when nothing does.</summary>
    public static string Conflicts(Authorship authorship) => authorship.Conflicts.IsEmpty
        ? ""
        : $"  ! but {string.Join(", ", authorship.Conflicts.Select(signal => $"{signal.Kind} says {signal.Agent?.Name ?? "a person"}").Distinct(StringComparer.Ordinal))}";

    /// <summary>A shallow clone's warning, with the command that mends it.</summary>
    public const string Shallow =
        "this clone is shallow: older lines are credited to the commit where history was cut; run 'git fetch --unshallow' for true figures";
}
