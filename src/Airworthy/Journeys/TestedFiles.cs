using System.Collections.Immutable;
using System.Text;
using Airworthy.Code;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>
/// The files that the tests ran, and where their lines stand at the head that is judged: the tests may have run at another revision, or in a
/// working tree with edits nobody committed.
/// </summary>
internal sealed class TestedFiles
{
    private readonly Dictionary<RepoPath, ImmutableArray<Hunk>> _later = [];
    private readonly Dictionary<RepoPath, RepoPath> _renamed = [];
    private readonly Dictionary<RepoPath, (int Same, int Shift, int From)> _uncommitted = [];

    private readonly Dictionary<RepoPath, int> _lengths = [];

    private TestedFiles(ImmutableArray<RepoPath> files) => Files = files;

    /// <summary>The repository's files when they were tested.</summary>
    public ImmutableArray<RepoPath> Files { get; }

    /// <summary>Changed files that have uncommitted edits where the tests may have run.</summary>
    public IReadOnlyCollection<RepoPath> Uncommitted => _uncommitted.Keys;

    /// <summary>What the tests ran of <paramref name="head"/>'s <paramref name="changed"/> files.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="tested">The revision they ran at; null when they ran at the head.</param>
    /// <param name="head">The head that is judged.</param>
    /// <param name="changed">The files that matter, by their names at the head.</param>
    public static async Task<TestedFiles> FindAsync(
        GitRepository repository, CommitId? tested, CommitId head, IReadOnlyCollection<RepoPath> changed, CancellationToken cancel)
    {
        var at = tested ?? head;
        var files = new TestedFiles([.. (await repository.FilesAsync(at, cancel)).Select(file => file.Path)]);
        await files.ReadLaterAsync(repository, at, head, changed, cancel);

        var folder = repository.WorkTree is { } tree && await repository.TryResolveAsync("HEAD", cancel) == at ? tree : null;
        foreach (var path in changed)
        {
            if (await repository.ReadAsync(at, files.NameWhenTested(path), CodeUnits.MaxBytes, cancel) is { } committed)
            {
                files._lengths[path] = committed.AsSpan().Count((byte)'\n') + (committed is [.., not (byte)'\n'] ? 1 : 0);
                await files.CompareAsync(folder, path, committed, cancel);
            }
        }

        return files;
    }

    /// <summary>What happened to <paramref name="changed"/> files between two commits, without their names and without a working tree.</summary>
    public static async Task<TestedFiles> BetweenAsync(
        GitRepository repository, CommitId seen, CommitId head, IReadOnlyCollection<RepoPath> changed, CancellationToken cancel)
    {
        var files = new TestedFiles([]);
        await files.ReadLaterAsync(repository, seen, head, changed, cancel);
        return files;
    }

    /// <summary>The path the tests knew a file of the head by.</summary>
    public RepoPath NameWhenTested(RepoPath path) => _renamed.GetValueOrDefault(path, path);

    /// <summary>How many lines a file of the head had when it was tested, with edits nobody committed; null when that is not known.</summary>
    public int? Length(RepoPath path) => _lengths.TryGetValue(path, out var length) ? length : null;

    /// <summary>True when lines of the head's <paramref name="span"/> were written or taken away after the tests.</summary>
    public bool ChangedLater(RepoPath path, LineSpan span) => _later.GetValueOrDefault(path, []).Any(hunk =>
        hunk.NewCount == 0 ? hunk.NewStart >= span.Start && hunk.NewStart < span.End : hunk.NewStart <= span.End && hunk.NewStart + hunk.NewCount > span.Start);

    /// <summary>Where a line of the tested file stands at the head; null when it is gone, or nobody can tell.</summary>
    public int? Place(RepoPath path, int line)
    {
        if (_uncommitted.TryGetValue(path, out var edit))
        {
            if (line > edit.Same && line < edit.From)
            {
                return null;
            }

            line -= line >= edit.From ? edit.Shift : 0;
        }

        var shift = 0;
        foreach (var hunk in _later.GetValueOrDefault(path, []))
        {
            // Where nothing is removed, the old start is the line before.
            var first = hunk.OldCount == 0 ? hunk.OldStart + 1 : hunk.OldStart;
            if (line < first)
            {
                break;
            }

            if (line < first + hunk.OldCount)
            {
                return null;
            }

            shift += hunk.NewCount - hunk.OldCount;
        }

        return line + shift;
    }

    private async Task ReadLaterAsync(GitRepository repository, CommitId at, CommitId head, IReadOnlyCollection<RepoPath> changed, CancellationToken cancel)
    {
        if (at == head)
        {
            return;
        }

        await foreach (var diff in repository.DiffAsync(at, head, cancel))
        {
            if (diff.NewPath is { } now && changed.Contains(now))
            {
                _later[now] = diff.Hunks;
                if (diff.OldPath is { } old)
                {
                    _renamed[now] = old;
                }
            }
        }
    }

    /// <summary>What lies between the first and the last line that differ is of no known place; what follows is shifted as a whole.</summary>
    private async Task CompareAsync(string? folder, RepoPath path, byte[] committed, CancellationToken cancel)
    {
        var name = NameWhenTested(path);
        var file = folder is null || !name.IsText ? null : new FileInfo(Path.Combine(folder, name.Value));
        if (file is not { Exists: true, LinkTarget: null, Length: <= CodeUnits.MaxBytes })
        {
            return;
        }

        var found = await File.ReadAllBytesAsync(file.FullName, cancel);
        if (found.AsSpan().SequenceEqual(committed))
        {
            return;
        }

        var (before, now) = (Encoding.UTF8.GetString(committed).Split('\n'), Encoding.UTF8.GetString(found).Split('\n'));
        var (same, end) = (0, 0);
        var shorter = Math.Min(before.Length, now.Length);
        while (same < shorter && IsSame(before[same], now[same]))
        {
            same++;
        }

        if (same == before.Length && same == now.Length)
        {
            return;
        }

        while (end < shorter - same && IsSame(before[^(end + 1)], now[^(end + 1)]))
        {
            end++;
        }

        _lengths[path] = Math.Max(_lengths[path], now.Length);
        _uncommitted[path] = (same, now.Length - before.Length, now.Length - end + 1);
    }

    // A checkout may write other line ends than the commit holds.
    private static bool IsSame(string left, string right) => left.AsSpan().TrimEnd('\r').SequenceEqual(right.AsSpan().TrimEnd('\r'));
}
