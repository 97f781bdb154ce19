using System.Collections.Immutable;
using Airworthy.Code;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>Where production would not tell of what unproven code does on critical paths.</summary>
public static class GapsJourney
{
    /// <summary>Reads the C# files of the critical areas at <paramref name="revision"/>.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="revision">The revision; its own policy says what is critical and whose code is unproven.</param>
    /// <param name="authors">Tells who wrote the lines.</param>
    /// <param name="probed">Where methods that carry a probe stand: a function around such a line has no gap.</param>
    /// <param name="everywhere">True to read every C# file, critical or not.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="FaultException">The policy or a file can't be read.</exception>
    public static async Task<GapsReport> RunAsync(
        GitRepository repository, CommitId revision, DeclaredAuthors authors, ILookup<RepoPath, int> probed, bool everywhere, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(authors);
        ArgumentNullException.ThrowIfNull(probed);
        var policy = await PolicyFile.ReadAsync(repository, revision, cancel);
        var files = new Dictionary<RepoPath, IReadOnlyDictionary<CodeUnit, ImmutableArray<TelemetryGap>>>();
        foreach (var file in await repository.FilesAsync(revision, cancel))
        {
            if ((everywhere || policy.Critical.Any(area => area.Holds(file.Path)))
                && CodeUnits.Language(file.Path) == "csharp"
                && await repository.ReadAsync(revision, file.Path, CodeUnits.MaxBytes, cancel) is { } content)
            {
                files[file.Path] = TelemetryGaps.Read(file.Path, content);
            }
        }

        var (found, unproven) = (ImmutableArray.CreateBuilder<AuthoredGap>(), 0);
        if (files.Count > 0)
        {
            await foreach (var origins in repository.Lines.OriginsAsync([.. files.Keys], revision, cancel))
            {
                var runs = await authors.OfFileAsync(origins, cancel);
                foreach (var (unit, gaps) in files[origins.Path])
                {
                    var by = GateUnits.Together([.. runs.Where(run => run.Lines.Span.Overlaps(unit.Span)).Select(run => run.Authorship)]);
                    if (policy.Probation.Contains(by.Kind))
                    {
                        unproven++;
                        found.AddRange(probed[origins.Path].Any(unit.Span.Contains) ? [] : gaps.Select(gap => new AuthoredGap(gap, by)));
                    }
                }
            }
        }

        found.Sort((a, b) => (a.Gap.Unit.Path, a.Gap.Line).CompareTo((b.Gap.Unit.Path, b.Gap.Line)));
        return new GapsReport(revision, [.. policy.Critical.Select(area => area.Name)], files.Count, unproven, found.ToImmutable());
    }
}
