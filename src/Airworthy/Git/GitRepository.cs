#pragma warning disable CA1822, CA1801, IDE0060, CA1024, CA1065, S1172
using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>A git repository, read through git's own plumbing. Untrusted: see docs/design/git.md.</summary>
public sealed class GitRepository : IAsyncDisposable
{
    private GitRepository(string directory) => Directory = directory;

    /// <summary>The git directory.</summary>
    public string Directory { get; }

    /// <summary>The name people know it by: the folder's name, without <c>.git</c>.</summary>
    public string Name => throw new NotSupportedException();

    /// <summary>The working tree; null for a bare repository.</summary>
    public string? WorkTree => throw new NotSupportedException();

    /// <summary>True when history was cut off by <c>--depth</c>: figures over it would be wrong.</summary>
    public bool IsShallow => throw new NotSupportedException();

    /// <exception cref="GitException">Not a repository, or git can't be run.</exception>
    public static Task<GitRepository> OpenAsync(string path, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>The commit a revision names.</summary>
    /// <exception cref="GitException">It names none; or the repository has no commits.</exception>
    public Task<CommitId> ResolveAsync(string revision, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>The commit a revision names; null when it names none.</summary>
    public Task<CommitId?> TryResolveAsync(string revision, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>What <c>git rev-list RANGE</c> gives, in its order (newest first), with messages.</summary>
    public IAsyncEnumerable<Commit> HistoryAsync(string range, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>One commit.</summary>
    public Task<Commit> CommitAsync(CommitId id, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>The commits of the first-parent line from <paramref name="tip"/> down, newest first.</summary>
    public Task<ImmutableArray<CommitId>> FirstParentLineAsync(CommitId tip, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Every regular file of the tree, links and submodules left out.</summary>
    public Task<ImmutableArray<TreeFile>> FilesAsync(CommitId revision, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>A file's bytes at a revision; null when there is none, or it is longer than <paramref name="maxBytes"/>.</summary>
    public Task<byte[]?> ReadAsync(CommitId revision, RepoPath path, long maxBytes, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>An object's bytes by name; null when there is none, or it is longer than <paramref name="maxBytes"/>.</summary>
    public Task<byte[]?> ReadObjectAsync(string objectName, long maxBytes, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>The objects annotated by the notes under <paramref name="notesRef"/>, with the note's blob; empty when the ref does not exist.</summary>
    public Task<IReadOnlyDictionary<CommitId, string>> NotesAsync(string notesRef, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>What changed from <paramref name="from"/> (null: the empty tree) to <paramref name="to"/>, renames followed, no context.</summary>
    public IAsyncEnumerable<FileDiff> DiffAsync(CommitId? from, CommitId to, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>True when <paramref name="ancestor"/> is in the history of <paramref name="descendant"/> or is it.</summary>
    public Task<bool> IsAncestorAsync(CommitId ancestor, CommitId descendant, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>The best common ancestor; null when there is none.</summary>
    public Task<CommitId?> MergeBaseAsync(CommitId left, CommitId right, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Line history of this repository.</summary>
    public ILineHistory Lines => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
