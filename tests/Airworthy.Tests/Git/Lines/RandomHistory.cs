using System.Globalization;
using System.Text;
using Airworthy.Testing;

namespace Airworthy.Tests.Git.Lines;

/// <summary>
/// Builds a repository of random commits through <c>git fast-import</c>: edits, renames with edits, copies, files split in two, deletions, reverts,
/// mode changes, files that turn into folders and back, CRLF on and off, empty files, last lines without a line feed, branches, and merges that
/// take, mix and rewrite the lines of their parents. No two lines that are written anew are alike.
/// </summary>
internal sealed class RandomHistory(int seed)
{
    private readonly Random _random = new(seed);
    private readonly StringBuilder _stream = new();
    private readonly List<Dictionary<string, Content>> _commits = [];
    private readonly List<int[]> _parents = [];
    private int _line;

    private sealed record Content(string[] Lines, bool EndsOpen, bool IsCrLf, bool IsExecutable)
    {
        public string Text => string.Join(IsCrLf ? "\r\n" : "\n", Lines) + (Lines.Length == 0 || EndsOpen ? "" : IsCrLf ? "\r\n" : "\n");
    }

    /// <summary>Writes the history; its last commit is HEAD.</summary>
    public static void Build(RepositoryBuilder repository, int seed, int commits)
    {
        var history = new RandomHistory(seed);
        for (var i = 0; i < commits; i++)
        {
            history.Commit(isLast: i == commits - 1);
        }

        repository.GitWithInput(Encoding.UTF8.GetBytes(history._stream.ToString()), "fast-import", "--quiet", "--force");
    }

    private void Commit(bool isLast)
    {
        int[] parents = _commits.Count == 0 || (_commits.Count < 6 && Chance(5)) ? []
            : _commits.Count > 2 && (isLast || Chance(20)) ? Parents(Chance(20) ? 3 : 2)
            : [Recent()];
        var tree = parents.Length == 0 ? [] : new Dictionary<string, Content>(_commits[parents[0]], StringComparer.Ordinal);
        foreach (var parent in parents.Skip(1))
        {
            tree = Merge(tree, _commits[parent]);
        }

        if (parents.Length < 2 || Chance(30))
        {
            for (var changes = _random.Next(1, 4); changes > 0; changes--)
            {
                Change(tree, parents);
            }
        }

        Write(parents, tree);
    }

    private int Ancestor(int commit)
    {
        for (var steps = _random.Next(1, 10); steps > 0 && _parents[commit].Length > 0; steps--)
        {
            commit = _parents[commit][0];
        }

        return commit;
    }

    private int Recent() => Chance(70) ? _commits.Count - 1 : _random.Next(Math.Max(0, _commits.Count - 8), _commits.Count);

    // The last commit always is one: a branch that nothing merges would not be seen.
    private int[] Parents(int count)
    {
        var parents = new List<int> { _commits.Count - 1 };
        while (parents.Count < Math.Min(count, _commits.Count))
        {
            var other = _random.Next(Math.Max(0, _commits.Count - 12), _commits.Count);
            if (!parents.Contains(other))
            {
                parents.Add(other);
            }
        }

        return [.. parents];
    }

    private Dictionary<string, Content> Merge(Dictionary<string, Content> ours, Dictionary<string, Content> theirs)
    {
        var merged = new Dictionary<string, Content>(StringComparer.Ordinal);
        foreach (var path in ours.Keys.Union(theirs.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (left, right) = (ours.GetValueOrDefault(path), theirs.GetValueOrDefault(path));
            var chosen = (left, right) switch
            {
                (null, _) or (_, null) => Chance(70) ? left ?? right : left,
                _ when Chance(40) => left,
                _ when Chance(50) => right,
                _ => left with { Lines = Mix(left.Lines, right.Lines) },
            };
            if (chosen is not null && !merged.Keys.Any(other => Clash(other, path)))
            {
                merged[path] = chosen;
            }
        }

        return merged;
    }

    private string[] Mix(string[] left, string[] right)
    {
        var (cutLeft, cutRight) = (_random.Next(left.Length + 1), _random.Next(right.Length + 1));
        return [.. left[..cutLeft], .. Chance(50) ? NewLines(_random.Next(1, 3)) : [], .. right[cutRight..].Except(left[..cutLeft], StringComparer.Ordinal)];
    }

    private void Change(Dictionary<string, Content> tree, int[] parents)
    {
        var path = tree.Count == 0 ? null : tree.Keys.Order(StringComparer.Ordinal).ElementAt(_random.Next(tree.Count));
        var kind = _random.Next(100);
        if (path is null || kind < 12)
        {
            Put(tree, NewPath(), new Content(NewLines(_random.Next(0, 30)), Chance(10), Chance(10), IsExecutable: false));
            return;
        }

        var file = tree[path];
        switch (kind)
        {
            case < 60:
                tree[path] = file with { Lines = Edit(file.Lines) };
                break;
            case < 68:
                tree.Remove(path);
                Put(tree, NewPath(), Chance(50) ? file : file with { Lines = Edit(file.Lines) });
                break;
            case < 72:
                Put(tree, NewPath(), Chance(50) ? file : file with { Lines = Edit(file.Lines) });
                break;
            case < 76:
                tree.Remove(path);
                Put(tree, NewPath(), file with { Lines = file.Lines[..(file.Lines.Length * 2 / 3)] });
                Put(tree, NewPath(), file with { Lines = file.Lines[(file.Lines.Length / 3)..] });
                break;
            case < 80:
                tree.Remove(path);
                break;
            case < 84:
                tree[path] = file with { IsExecutable = !file.IsExecutable };
                break;
            case < 88:
                tree[path] = file with { EndsOpen = !file.EndsOpen };
                break;
            case < 91:
                tree[path] = file with { IsCrLf = !file.IsCrLf };
                break;
            case < 94:
                tree[path] = file with { Lines = [] };
                break;
            case < 97:
                // A file becomes a folder.
                tree.Remove(path);
                Put(tree, path + "/inner", file);
                break;
            default:
                if (parents.Length == 1 && _commits[Ancestor(parents[0])].TryGetValue(path, out var was))
                {
                    tree[path] = was;
                }

                break;
        }
    }

    private static void Put(Dictionary<string, Content> tree, string path, Content content)
    {
        if (!tree.Keys.Any(other => Clash(other, path)))
        {
            tree[path] = content;
        }
    }

    private static bool Clash(string left, string right) =>
        left.StartsWith(right + "/", StringComparison.Ordinal) || right.StartsWith(left + "/", StringComparison.Ordinal);

    private string[] Edit(string[] lines)
    {
        var edited = lines.ToList();
        for (var edits = _random.Next(1, 4); edits > 0; edits--)
        {
            var at = _random.Next(edited.Count + 1);
            var removed = Math.Min(_random.Next(0, 4), edited.Count - at);
            edited.RemoveRange(at, removed);
            edited.InsertRange(at, NewLines(_random.Next(0, 4)));
        }

        return [.. edited];
    }

    private string[] NewLines(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => string.Create(CultureInfo.InvariantCulture, $"line {++_line:x} {(_line * 2654435761L) % 4294967291L:x8}"))];

    private string NewPath() => _random.Next(4) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"src/f{_random.Next(12)}"),
        1 => string.Create(CultureInfo.InvariantCulture, $"src/deep/g{_random.Next(8)}"),
        2 => string.Create(CultureInfo.InvariantCulture, $"żółć {_random.Next(4)}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"f{_random.Next(12)}"),
    };

    private bool Chance(int percent) => _random.Next(100) < percent;

    private void Write(int[] parents, Dictionary<string, Content> tree)
    {
        _commits.Add(tree);
        _parents.Add(parents);
        var text = string.Create(CultureInfo.InvariantCulture, $"commit refs/heads/main\nmark :{_commits.Count}\ncommitter A <a@example.org> {1_700_000_000 + (_commits.Count * 60)} +0000\n");
        _stream.Append(text).Append("data 1\nm\n");
        for (var i = 0; i < parents.Length; i++)
        {
            _stream.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "from" : "merge")} :{parents[i] + 1}\n");
        }

        if (parents.Length == 0 && _commits.Count > 1)
        {
            // Another root: from nothing.
            _stream.Append("from 0000000000000000000000000000000000000000\n");
        }

        _stream.Append("deleteall\n");
        foreach (var (path, content) in tree)
        {
            var bytes = Encoding.UTF8.GetByteCount(content.Text);
            _stream.Append(CultureInfo.InvariantCulture, $"M {(content.IsExecutable ? "100755" : "100644")} inline \"{path}\"\ndata {bytes}\n").Append(content.Text).Append('\n');
        }
    }
}
