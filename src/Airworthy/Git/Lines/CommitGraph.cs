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
