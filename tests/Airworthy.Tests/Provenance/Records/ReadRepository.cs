using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Provenance.Records;

/// <summary>A repository under test and what is read of its authorship.</summary>
internal sealed class ReadRepository : IAsyncDisposable
{
    private ReadRepository(GitRepository git, AuthorshipReader reader) => (Git, Reader) = (git, reader);

    public GitRepository Git { get; }

    public AuthorshipReader Reader { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ReadRepository> OpenAsync(RepositoryBuilder repository)
    {
        var git = await GitRepository.OpenAsync(repository.Folder, Cancel);
        return new ReadRepository(git, await AuthorshipReader.OpenAsync(git, Cancel));
    }

    public Task<Authorship> OfAsync(string commit) => Reader.OfAsync(CommitId.Parse(commit), Cancel);

    /// <summary>Who wrote a file at HEAD: a word for each run of lines, e.g. <c>1-2 ai claude-code</c>.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync(string path) =>
        [.. (await RunsAsync(path)).Select(run => $"{Span(run)} {Word(run.Authorship)}")];

    public async Task<IReadOnlyList<AuthoredRun>> RunsAsync(string path)
    {
        var head = await Git.ResolveAsync("HEAD", Cancel);
        var file = await Git.Lines.OriginsAsync(new RepoPath(path), head, Cancel);
        var runs = new List<AuthoredRun>();
        foreach (var run in file!.Runs)
        {
            runs.AddRange(await Reader.OfLinesAsync(run, Cancel));
        }

        return runs;
    }

    public RecordCoverage Coverage(string source) => Assert.Single(Reader.Records, coverage => coverage.Source == source);

    public ValueTask DisposeAsync() => Git.DisposeAsync();

    private static string Span(AuthoredRun run) =>
        run.Lines.Count == 1 ? FormattableString.Invariant($"{run.Lines.Start}") : FormattableString.Invariant($"{run.Lines.Start}-{run.Lines.Span.End}");

    private static string Word(Authorship authorship) =>
        $"{authorship.Kind.ToString().ToLowerInvariant()} {string.Join(',', authorship.Agents.Select(agent => agent.Name))}".TrimEnd();
}
