using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>Reads <c>git blame --incremental</c>: groups of lines, in no order, each ended by its <c>filename</c>.</summary>
internal static class BlameReader
{
    /// <summary>The runs, ordered by line, those that continue one another joined.</summary>
    /// <exception cref="FormatException">The output is not of that form.</exception>
    public static async Task<ImmutableArray<LineRun>> ReadAsync(Stream output, CancellationToken cancel)
    {
        var reader = new ByteReader(output, maxPiece: 1024 * 1024);
        var runs = new List<LineRun>();
        (CommitId Commit, int Original, int Start, int Count)? group = null;
        while (await reader.ReadToAsync((byte)'\n', cancel) is { } line)
        {
            if (group is null)
            {
                group = ReadGroup(Encoding.ASCII.GetString(line.Span));
            }
            else if (line.Span.StartsWith("filename "u8))
            {
                var (commit, original, start, count) = group.Value;
                runs.Add(new LineRun(start, count, commit, QuotedPath.Read(line.Span["filename ".Length..]), original));
                group = null;
            }
        }

        runs.Sort((a, b) => a.Start.CompareTo(b.Start));
        return Join(runs);
    }

    private static (CommitId, int, int, int) ReadGroup(string line)
    {
        var parts = line.Split(' ');
        return parts.Length == 4
            && CommitId.TryParse(parts[0], out var commit)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var original)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            && int.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? (commit, original, start, count)
            : throw new FormatException("the output of git blame is not of the incremental form");
    }

    private static ImmutableArray<LineRun> Join(List<LineRun> runs)
    {
        var joined = ImmutableArray.CreateBuilder<LineRun>(runs.Count);
        foreach (var run in runs)
        {
            if (joined.Count > 0
                && joined[^1] is var last
                && last.Commit == run.Commit
                && last.OriginalPath == run.OriginalPath
                && last.Start + last.Count == run.Start
                && last.OriginalStart + last.Count == run.OriginalStart)
            {
                joined[^1] = last with { Count = last.Count + run.Count };
            }
            else
            {
                joined.Add(run);
            }
        }

        return joined.DrainToImmutable();
    }
}
