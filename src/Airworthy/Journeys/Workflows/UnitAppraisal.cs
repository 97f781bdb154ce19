using Airworthy.Git;
using Airworthy.Journeys.Production;
using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Workflows;

/// <summary>Tells of the units that workflows pass how critical they are and how much of them is unproven. For one question: it remembers.</summary>
internal sealed class UnitAppraisal(RunningRevisions revisions, UnitFinder units)
{
    private readonly Dictionary<(string Service, ReportedVersion Version), Source?> _sources = [];
    private readonly Dictionary<(Source Source, string Function, string? File), UnitWorth> _known = [];

    public async Task<UnitWorth> OfAsync(string service, ReportedVersion version, IEnumerable<WorkflowStep> steps, CancellationToken cancel)
    {
        var worth = UnitWorth.None;
        if (await SourceAsync(service, version, cancel) is not { } source)
        {
            return worth;
        }

        foreach (var step in steps)
        {
            if (step.Kind != WorkflowStepKind.Unit)
            {
                continue;
            }

            if (!_known.TryGetValue((source, step.Name, step.File), out var unit))
            {
                _known[(source, step.Name, step.File)] = unit = await UnitAsync(source, step, cancel);
            }

            worth = worth.With(unit);
        }

        return worth;
    }

    private async Task<UnitWorth> UnitAsync(Source source, WorkflowStep step, CancellationToken cancel)
    {
        try
        {
            return await units.FindAsync(source.Version, new ObservedLocation(step.Name, step.File, Line: null, Operation: null), cancel) is { } unit
                ? await WorthAsync(source, unit, cancel)
                : UnitWorth.None;
        }
        catch (GitException)
        {
            // Unread is unknown: the workflow is ranked by what is known.
            return UnitWorth.None;
        }
    }

    private static async Task<UnitWorth> WorthAsync(Source source, CodeUnit unit, CancellationToken cancel)
    {
        var areas = source.Policy.AreasOf(unit.Path);
        var lines = 0L;
        var unproven = 0L;
        if (await source.Version.Git.Lines.OriginsAsync(unit.Path, source.Revision, cancel) is { } file)
        {
            foreach (var run in await source.Authors.OfFileAsync(file, cancel))
            {
                var count = Math.Min(run.Lines.Span.End, unit.Span.End) - Math.Max(run.Lines.Span.Start, unit.Span.Start) + 1;
                lines += Math.Max(count, 0);
                unproven += run.Authorship.Kind == AuthorKind.Human ? 0 : Math.Max(count, 0);
            }
        }

        return new UnitWorth(areas.IsEmpty ? null : areas[0].Criticality, [.. areas.Select(area => area.Name)], lines, unproven);
    }

    private async Task<Source?> SourceAsync(string service, ReportedVersion version, CancellationToken cancel)
    {
        if (!_sources.TryGetValue((service, version), out var source))
        {
            _sources[(service, version)] = source = await OpenAsync(service, version, cancel);
        }

        return source;
    }

    private async Task<Source?> OpenAsync(string service, ReportedVersion version, CancellationToken cancel)
    {
        try
        {
            return await revisions.OfAsync(service, version, cancel) is { Revision.Commit: { } revision } resolved
                ? new Source(
                    resolved,
                    revision,
                    await PolicyFile.ReadAsync(resolved.Git, revision, cancel),
                    await DeclaredAuthors.OpenAsync(resolved.Git, revision, [], cancel))
                : null;
        }
        catch (FaultException)
        {
            // A policy or history that can't be read at that revision leaves its units unknown.
            return null;
        }
    }

    private sealed record Source(ResolvedVersion Version, CommitId Revision, Policy Policy, DeclaredAuthors Authors);
}
