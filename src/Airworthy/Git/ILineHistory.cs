using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>Where lines come from and what became of them. The one way the product asks about a line's past.</summary>
public interface ILineHistory
{
    /// <summary>Begins to read the history of <paramref name="revision"/>, beside what the caller does, for questions about all its files or lines.</summary>
    void Prepare(CommitId revision);

    /// <summary>The origin of every line of <paramref name="path"/> at <paramref name="revision"/>; null when it is no text file there.</summary>
    Task<FileOrigins?> OriginsAsync(RepoPath path, CommitId revision, CancellationToken cancel);

    /// <summary>
    /// The origins of some lines of <paramref name="path"/>, followed through changes of white space and moves within the file, which the other questions
    /// take for new lines; empty when it is no text file there. <paramref name="spans"/> must lie in the file and not overlap.
    /// </summary>
    Task<ImmutableArray<LineRun>> OriginsAsync(RepoPath path, IReadOnlyList<LineSpan> spans, CommitId revision, CancellationToken cancel);

    /// <summary>The origins of many files, each as soon as it is known, in no particular order. <paramref name="paths"/> null means every text file.</summary>
    /// <param name="skipped">Told of every file that is left out, from any thread; may be null.</param>
    IAsyncEnumerable<FileOrigins> OriginsAsync(
        IReadOnlyCollection<RepoPath>? paths, CommitId revision, CancellationToken cancel, Action<SkippedFile>? skipped = null);

    /// <summary>True when a line of one of <paramref name="commits"/> lives in <paramref name="span"/> of <paramref name="path"/> at <paramref name="revision"/>.</summary>
    Task<bool> LivesAsync(IReadOnlySet<CommitId> commits, RepoPath path, LineSpan span, CommitId revision, CancellationToken cancel);

    /// <summary>The lines of <paramref name="commit"/> that live at <paramref name="revision"/>, by file.</summary>
    Task<ImmutableArray<SurvivingLines>> FateAsync(CommitId commit, CommitId revision, CancellationToken cancel);

    /// <summary>What became of every line that lived on the way to <paramref name="revision"/>, in groups of lines with one fate.</summary>
    /// <exception cref="GitException">The history can't be read to its end.</exception>
    IAsyncEnumerable<LineLifetime> LifetimesAsync(CommitId revision, CancellationToken cancel);
}
