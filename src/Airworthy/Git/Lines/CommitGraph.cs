using System.Globalization;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>The commits that one tip can reach, parents before children, each known by its place in that order.</summary>
internal sealed class CommitGraph
{
    private readonly List<CommitId> _ids = [];
    private readonly List<int[]> _parents = [];
    private readonly Dictionary<CommitId, int> _places = [];

    private CommitGraph()
    {
    }

    /// <summary>How many commits.</summary>
    public int Count => _ids.Count;

    /// <summary>Commits whose parents no one asks about.</summary>
    /// <exception cref="FormatException">One is there twice.</exception>
    public static CommitGraph Of(IReadOnlyList<CommitId> commits)
    {
        var graph = new CommitGraph();
        foreach (var id in commits)
        {
            if (!graph._places.TryAdd(id, graph.Count))
            {
                throw new FormatException("a commit is there twice");
            }

            graph._ids.Add(id);
            graph._parents.Add([]);
        }

        return graph;
    }

    /// <summary>The commit at a place.</summary>
    public CommitId this[int place] => _ids[place];

    /// <summary>The places of a commit's parents, in its own order; of the last commits of a shallow clone, none.</summary>
    public ReadOnlySpan<int> Parents(int place) => _parents[place];

    /// <summary>True when the commit is among them.</summary>
    public bool Contains(CommitId id) => _places.ContainsKey(id);

    /// <exception cref="GitException">A part of the history is missing or broken.</exception>
    public static async Task<CommitGraph> ReadAsync(string directory, CommitId tip, CancellationToken cancel)
    {
        var graph = new CommitGraph();
        await using var git = GitProcess.Start(directory, ["rev-list", "--topo-order", "--reverse", "--parents", tip.Hex, "--"]);
        git.Input.Close();
        var lines = new LineScanner(git.Output);
        while (lines.TryRead(out var line))
        {
            cancel.ThrowIfCancellationRequested();
            graph.Add(line);
        }

        await git.EnsureEndedWellAsync("the history can't be read", cancel);
        return graph;
    }

    /// <summary>Adds the commits behind the last one up to <paramref name="tip"/>; false when they are more than <paramref name="most"/>, or one is not the only child of the other.</summary>
    public async Task<bool> ReadOnAsync(string directory, CommitId tip, int most, CancellationToken cancel)
    {
        await using var git = GitProcess.Start(
            directory,
            ["rev-list", "--topo-order", "--reverse", "--parents", $"--max-count={(most + 1).ToString(CultureInfo.InvariantCulture)}", tip.Hex, "^" + this[^1].Hex, "--"]);
        git.Input.Close();
        var lines = new LineScanner(git.Output);
        while (lines.TryRead(out var line))
        {
            // Checked before it is added: a parent that is known as the birthplace of lines is known in nothing else.
            if (!line.EndsWith(Encoding.ASCII.GetBytes(" " + this[^1].Hex)) || line.Count((byte)' ') != 1)
            {
                return false;
            }

            Add(line);
        }

        return (await git.EndAsync(cancel)).Exit == 0 && this[^1] == tip;
    }

    private void Add(ReadOnlySpan<byte> line)
    {
        CommitId id = default;
        var parents = new List<int>(2);
        var isFirst = true;
        foreach (var range in line.Split((byte)' '))
        {
            var name = Parse(line[range]);
            if (isFirst)
            {
                (id, isFirst) = (name, false);
            }
            else
            {
                parents.Add(_places.TryGetValue(name, out var place) ? place : throw Malformed());
            }
        }

        _places.Add(id, _ids.Count);
        _ids.Add(id);
        _parents.Add([.. parents]);
    }

    /// <summary>Reads a commit's name; false when the bytes are anything else.</summary>
    public static bool TryParse(ReadOnlySpan<byte> hex, out CommitId id)
    {
        Span<char> text = stackalloc char[64];
        id = default;
        return hex.Length <= text.Length && Encoding.ASCII.TryGetChars(hex, text, out var count) && CommitId.TryParse(text[..count], out id);
    }

    private static CommitId Parse(ReadOnlySpan<byte> hex) => TryParse(hex, out var id) ? id : throw Malformed();

    private static GitException Malformed() =>
        new(Fault.BadInput, "the history can't be read: git rev-list answered in another form than asked for");
}
