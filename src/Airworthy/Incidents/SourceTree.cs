using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Airworthy.Code;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>The repository's files at the revision that ran, each read once, and the origins of the lines that the trace leads to.</summary>
internal sealed class SourceTree
{
    /// <summary>Files read at most when a C# symbol is sought without a file.</summary>
    private const int MaxSearched = 4000;

    private readonly GitRepository _repository;
    private readonly CommitId _revision;
    private readonly Dictionary<RepoPath, SourceFile?> _read = [];
    private readonly ConcurrentDictionary<RepoPath, ImmutableArray<LineRun>> _origins = [];
    private readonly RepoPath[] _files;

    private SourceTree(GitRepository repository, CommitId revision, RepoPath[] files)
    {
        (_repository, _revision, _files) = (repository, revision, files);
        Paths = new PathResolver(files);
    }

    public PathResolver Paths { get; }

    public CommitId Revision => _revision;

    public static async Task<SourceTree> OpenAsync(GitRepository repository, CommitId revision, CancellationToken cancel) =>
        new(repository, revision, [.. (await repository.FilesAsync(revision, cancel)).Select(file => file.Path)]);

    /// <summary>The file with its functions; null when it can't be read.</summary>
    public async Task<SourceFile?> ReadAsync(RepoPath path, CancellationToken cancel)
    {
        if (!_read.TryGetValue(path, out var file))
        {
            file = await LoadAsync(path, cancel);
            _read.Add(path, file);
        }

        return file;
    }

    /// <summary>Finds the origins of the lines that frames lead to, each with the function around it and what is near: as many files at once as there are processors.</summary>
    public async Task BlameAsync(IEnumerable<ResolvedFrame> frames, CancellationToken cancel)
    {
        await Parallel.ForEachAsync(frames.GroupBy(frame => frame.Path!.Value), cancel, async (file, stop) =>
        {
            if (_read.GetValueOrDefault(file.Key) is { } read)
            {
                _origins[file.Key] = await _repository.Lines.OriginsAsync(file.Key, Spans(file, read.Lines.Length), _revision, stop);
            }
        });
    }

    /// <summary>The origins of the lines of a file that frames lead to.</summary>
    public ImmutableArray<LineRun> Origins(RepoPath path) => _origins.GetValueOrDefault(path, []);

    /// <summary>Reads several files at once, as many as there are processors.</summary>
    public async Task FetchAsync(IEnumerable<RepoPath> paths, CancellationToken cancel)
    {
        var missing = paths.Distinct().Where(path => !_read.ContainsKey(path)).ToArray();
        var read = new SourceFile?[missing.Length];
        await Parallel.ForAsync(0, missing.Length, cancel, async (i, stop) => read[i] = await LoadAsync(missing[i], stop));
        for (var i = 0; i < missing.Length; i++)
        {
            _read[missing[i]] = read[i];
        }
    }

    /// <summary>The one C# file that declares a member; null when none or several do.</summary>
    public async Task<RepoPath?> DeclaringAsync(string symbol, CancellationToken cancel)
    {
        var parts = symbol.Replace("..", ".#", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2)
        {
            return null;
        }

        var type = parts[^2];
        var found = await DeclaringAsync(Paths.Named(type + ".cs"), type, symbol, cancel);
        return found.Count > 0
            ? Only(found)
            : Only(await DeclaringAsync(_files.Where(file => file.Name.EndsWith(".cs", StringComparison.OrdinalIgnoreCase)).Take(MaxSearched), type, symbol, cancel));
    }

    private async Task<List<RepoPath>> DeclaringAsync(IEnumerable<RepoPath> files, string type, string symbol, CancellationToken cancel)
    {
        var found = new List<RepoPath>();
        foreach (var path in files)
        {
            if (await _repository.ReadAsync(_revision, path, CodeUnits.MaxBytes, cancel) is { } content
                && Encoding.UTF8.GetString(content) is var text && text.Contains(type, StringComparison.Ordinal)
                && CodeUnits.Read(path, text).Any(unit => UnitNames.Match(unit, symbol, wholeType: true)))
            {
                found.Add(path);
            }
        }

        return found;
    }

    /// <summary>The lines that frames lead to, in order, those that touch joined.</summary>
    private static List<LineSpan> Spans(IEnumerable<ResolvedFrame> frames, int lines)
    {
        var spans = new List<LineSpan>();
        foreach (var span in frames.SelectMany(Spans).Where(span => span.Start <= lines).OrderBy(span => span.Start))
        {
            var within = span with { Start = Math.Max(1, span.Start), End = Math.Min(lines, span.End) };
            if (spans.Count > 0 && within.Start <= spans[^1].End + 1)
            {
                spans[^1] = spans[^1] with { End = Math.Max(spans[^1].End, within.End) };
            }
            else
            {
                spans.Add(within);
            }
        }

        return spans;
    }

    private static IEnumerable<LineSpan> Spans(ResolvedFrame frame)
    {
        if (frame.Unit is { } unit)
        {
            yield return unit.Span;
        }

        if (frame.Line is { } line)
        {
            yield return new LineSpan(line - RankingWeights.NearLines, line + RankingWeights.NearLines);
        }
    }

    private static RepoPath? Only(List<RepoPath> found) => found.Count == 1 ? found[0] : null;

    private async Task<SourceFile?> LoadAsync(RepoPath path, CancellationToken cancel)
    {
        if (await _repository.ReadAsync(_revision, path, CodeUnits.MaxBytes, cancel) is not { } content)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(content);
        string[] lines = text.Split('\n');
        return new SourceFile(path, [.. lines.AsSpan(0, lines.Length - (lines[^1].Length == 0 ? 1 : 0))], CodeUnits.Read(path, text));
    }
}
