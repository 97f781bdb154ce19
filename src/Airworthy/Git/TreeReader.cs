using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>Lists the regular files of trees; links and submodules are left out. The last whole tree is kept: a journey asks for it again and again.</summary>
internal sealed class TreeReader(string directory)
{
    private LastTree? _last;

    private sealed record LastTree(CommitId Revision, Lazy<Task<ImmutableArray<TreeFile>>> Files);

    /// <exception cref="GitException">The tree can't be read.</exception>
    public Task<ImmutableArray<TreeFile>> FilesAsync(CommitId revision, CancellationToken cancel)
    {
        if (_last is not { } last || last.Revision != revision || last.Files is { IsValueCreated: true, Value.IsFaulted: true })
        {
            // A listing that failed is tried again. Read for whoever asks next, so it does not end with who asked first.
            _last = last = new LastTree(revision, new(() => ListAsync(revision, ["-r"], [], CancellationToken.None)));
        }

        return last.Files.Value.WaitAsync(cancel);
    }

    /// <summary>The file at a path; null when there is none.</summary>
    /// <exception cref="GitException">The tree can't be read.</exception>
    public async Task<TreeFile?> FileAsync(CommitId revision, RepoPath path, CancellationToken cancel)
    {
        // .NET can't pass a path that is not valid UTF-8.
        var files = path.IsText && _last?.Revision != revision ? await ListAsync(revision, [], [path.Value], cancel) : await FilesAsync(revision, cancel);
        return files.FirstOrDefault(f => f.Path == path);
    }

    private async Task<ImmutableArray<TreeFile>> ListAsync(CommitId revision, string[] options, string[] paths, CancellationToken cancel) =>
        Read(await GitProcess.RequireAsync(
            directory,
            ["ls-tree", .. options, "-z", "-l", "--full-tree", revision.Hex, "--", .. paths],
            $"the tree of {revision.Short} can't be read",
            cancel));

    private static ImmutableArray<TreeFile> Read(byte[] output)
    {
        var files = ImmutableArray.CreateBuilder<TreeFile>();
        foreach (var range in output.AsSpan().Split((byte)0))
        {
            // 100644 blob <name> <size padded>\t<path>
            var entry = output.AsSpan(range);
            var tab = entry.IndexOf((byte)'\t');
            if (tab < 0 || !entry.StartsWith("100"u8))
            {
                continue;
            }

            var facts = Encoding.ASCII.GetString(entry[..tab]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var size = long.TryParse(facts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;
            files.Add(new TreeFile(RepoPath.FromBytes(entry[(tab + 1)..]), facts[2], size));
        }

        return files.ToImmutable();
    }
}
