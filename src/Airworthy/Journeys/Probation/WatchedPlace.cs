using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Probation;

/// <summary>A place in a running version that is a unit of the repository.</summary>
/// <param name="Id">Its number among the service's places.</param>
/// <param name="Service"><c>service.name</c>.</param>
/// <param name="Traffic">The service and environment: only what met the same traffic is compared.</param>
/// <param name="Unit">The unit, at the revision that ran.</param>
/// <param name="Part">The unit's symbol, and the part of it where it is not the whole.</param>
/// <param name="Revision">The revision that ran.</param>
/// <param name="IsProbe">True when probes count it.</param>
/// <param name="Flags">The flags evaluated in it, <c>key=variant</c>; empty when none is told.</param>
/// <param name="Commits">The commits that have a line in the unit at that revision.</param>
internal sealed record WatchedPlace(
    long Id, string Service, string Traffic, CodeUnit Unit, string Part, CommitId Revision, bool IsProbe, string Flags, ImmutableHashSet<CommitId> Commits)
{
    /// <summary>What ties an operation to the unit, which nothing else counts; null when the unit's own calls are counted.</summary>
    public OperationLink? Link { get; init; }

    /// <summary>True when probes count the same calls already.</summary>
    public bool IsRedundant { get; init; }

    /// <summary>The part without the parameters of its unit: what stays when a function takes one more.</summary>
    public string Name { get; } = Unit.Symbol.Split('(')[0] + (Part.StartsWith(Unit.Symbol, StringComparison.Ordinal) ? Part[Unit.Symbol.Length..] : "");

    /// <summary>What meets the same traffic.</summary>
    public static string TrafficOf(string service, ObservedPlace place) => Words.Place(service, place.Environment);

    /// <summary>The commits that have a line in a unit.</summary>
    public static async Task<ImmutableHashSet<CommitId>> CommitsAsync(GitRepository git, CodeUnit unit, CommitId revision, CancellationToken cancel) =>
        await git.Lines.OriginsAsync(unit.Path, revision, cancel) is { } file
            ? [.. file.Runs.Where(run => run.Span.Start <= unit.Span.End && run.Span.End >= unit.Span.Start).Select(run => run.Commit)]
            : [];

    /// <summary>The variant of a flag; null when it is not told.</summary>
    public string? VariantOf(string flag)
    {
        foreach (var told in Flags.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (told.Length > flag.Length && told[flag.Length] == '=' && told.StartsWith(flag, StringComparison.Ordinal))
            {
                return told[(flag.Length + 1)..];
            }
        }

        return null;
    }
}
