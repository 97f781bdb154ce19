using System.Collections.Immutable;
using System.Security.Cryptography;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Probes;

namespace Airworthy.Journeys;

/// <summary>Tells which lines of a revision's sources are on probation: <c>airworthy probes manifest</c>, and a build that has none.</summary>
public static class ProbeManifestJourney
{
    /// <summary>A source file beyond this is no person's or agent's; its content is not compared.</summary>
    private const int MostBytes = 16 * 1024 * 1024;

    private static readonly ImmutableArray<string> s_sources = [".cs", ".vb", ".fs", ".razor", ".cshtml"];

    /// <summary>Reads the revision's sources, their authors and its policy.</summary>
    /// <exception cref="FaultException">The repository, its history or its policy can't be read.</exception>
    public static async Task<ProbeManifest> RunAsync(GitRepository repository, CommitId revision, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var policy = await PolicyFile.ReadAsync(repository, revision, cancel);
        var authors = await DeclaredAuthors.OpenAsync(repository, revision, [], cancel);
        repository.Lines.Prepare(revision);
        var sources = (await repository.FilesAsync(revision, cancel)).Where(IsSource).ToDictionary(file => file.Path);
        var watched = new Dictionary<RepoPath, ImmutableArray<LineSpan>>();
        if (sources.Count > 0)
        {
            await foreach (var file in BlameJourney.RunAsync(repository, revision, [.. sources.Keys], authors, skipped: null, cancel))
            {
                watched[file.Path] = Joined(file.Runs.Where(run => policy.Probation.Contains(run.Authorship.Kind)).Select(run => run.Lines.Span));
            }
        }

        var files = ImmutableArray.CreateBuilder<WatchedFile>(sources.Count);
        foreach (var source in sources.Values.OrderBy(source => source.Path))
        {
            var bytes = await repository.ReadObjectAsync(source.Blob, MostBytes, cancel);
            files.Add(new WatchedFile(
                source.Path, bytes is null ? "" : Convert.ToHexStringLower(SHA256.HashData(bytes)), watched.GetValueOrDefault(source.Path, [])));
        }

        return new ProbeManifest(revision.Hex, policy.Digest, policy.Probation, repository.IsShallow, files.MoveToImmutable());
    }

    private static bool IsSource(TreeFile file) =>
        file.Path.IsText && s_sources.Any(ending => file.Path.Value.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static ImmutableArray<LineSpan> Joined(IEnumerable<LineSpan> spans)
    {
        var joined = ImmutableArray.CreateBuilder<LineSpan>();
        foreach (var span in spans)
        {
            if (joined.Count > 0 && joined[^1].End + 1 >= span.Start)
            {
                joined[^1] = new LineSpan(joined[^1].Start, span.End);
            }
            else
            {
                joined.Add(span);
            }
        }

        return joined.DrainToImmutable();
    }
}
