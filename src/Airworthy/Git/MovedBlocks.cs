using System.Text;
using Airworthy.Git.Lines;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>
/// Which lines that a change adds it only took from elsewhere in the same change: equal but for whitespace (in languages where that means
/// nothing), in blocks of at least 20 letters and digits, as <c>git blame -M</c> has it.
/// </summary>
public sealed class MovedBlocks
{
    private static readonly string[] s_indented = [".py", ".yml", ".yaml", ".fs", ".hs", ".nim"];

    private readonly HashSet<(RepoPath Path, int Line)> _added = [];

    private MovedBlocks()
    {
    }

    /// <summary>Finds them.</summary>
    public static MovedBlocks Of(IReadOnlyCollection<FileDiff> diffs)
    {
        ArgumentNullException.ThrowIfNull(diffs);
        var lines = new MovedLines();
        lines.Begin(isOn: true);
        var edits = new List<FileEdit>();
        var removed = new Dictionary<(RepoPath, int), string>();
        var added = new Dictionary<(RepoPath, int), string>();
        foreach (var diff in diffs.Where(diff => !diff.IsBinary))
        {
            var (old, path) = (diff.OldPath ?? diff.NewPath!.Value, diff.NewPath ?? diff.OldPath!.Value);
            lines.Enter(old, path);
            edits.Add(new FileEdit(path, FileEditKind.Edited, default, []));
            foreach (var hunk in diff.Hunks)
            {
                for (var i = 0; i < hunk.Removed.Length; i++)
                {
                    removed[(old, hunk.OldStart + i)] = hunk.Removed[i];
                    lines.Removed(Encoding.UTF8.GetBytes(hunk.Removed[i]), hunk.OldStart + i);
                }

                for (var i = 0; i < hunk.Added.Length; i++)
                {
                    added[(path, hunk.NewStart + i)] = hunk.Added[i];
                    lines.Added(Encoding.UTF8.GetBytes(hunk.Added[i]), hunk.NewStart + i);
                }
            }
        }

        lines.Find(edits);
        var found = new MovedBlocks();
        foreach (var edit in edits)
        {
            foreach (var move in edit.Moves)
            {
                var pairs = Enumerable.Range(0, move.Count).Select(i => (Old: removed[(move.OldPath, move.OldStart + i)], New: added[(edit.Path, move.NewStart + i)]));
                if (!IsIndented(edit.Path) || pairs.All(pair => string.Equals(pair.Old, pair.New, StringComparison.Ordinal)))
                {
                    found._added.UnionWith(Enumerable.Range(move.NewStart, move.Count).Select(line => (edit.Path, line)));
                }
            }
        }

        return found;
    }

    /// <summary>True when the line of the head was taken from elsewhere.</summary>
    public bool Has(RepoPath path, int line) => _added.Contains((path, line));

    private static bool IsIndented(RepoPath path) => Array.Exists(s_indented, ending => path.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
