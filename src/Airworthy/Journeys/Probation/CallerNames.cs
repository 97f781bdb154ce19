using System.Text;
using Airworthy.Code;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Journeys.Probation;

/// <summary>
/// Which functions of a revision can lead to some others, told by names alone: one that mentions the name of another may call it. Too many rather than too few:
/// names are not resolved, so calls over interfaces are seen; only calls that name nothing (reflection, events wired elsewhere) are missed.
/// </summary>
internal sealed class CallerNames
{
    private const int MostFiles = 20_000;
    private const long MostBytes = 256L * 1024 * 1024;
    private readonly Dictionary<string, (CommitId Revision, Task<Dictionary<string, HashSet<string>>?> Reading)> _reading = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, HashSet<string>>?> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Repository, string Names), IReadOnlySet<string>> _answers = [];

    /// <summary>
    /// The names of all functions that can lead to one of <paramref name="names"/>, and these; null when the revision is too large to be read for it, or is not read
    /// yet. A revision is read beside the caller, who goes on with what the last one told.
    /// </summary>
    public IReadOnlySet<string>? To(string repository, GitRepository git, CommitId revision, IEnumerable<string> names)
    {
        if (!_reading.TryGetValue(repository, out var reading) || (reading.Revision != revision && reading.Reading.IsCompleted))
        {
            _reading[repository] = reading = (revision, Task.Run(() => ReadAsync(git, revision)));
        }

        if (reading.Reading.IsCompletedSuccessfully && !ReferenceEquals(_known.GetValueOrDefault(repository), reading.Reading.Result))
        {
            _known[repository] = reading.Reading.Result;
            _answers.Clear();
        }

        if (_known.GetValueOrDefault(repository) is not { } callers)
        {
            return null;
        }

        // Every round asks of every change what it asked before.
        var found = names.ToHashSet(StringComparer.Ordinal);
        var key = (repository, string.Join(' ', found.Order(StringComparer.Ordinal)));
        if (_answers.TryGetValue(key, out var answer))
        {
            return answer;
        }

        var open = new Queue<string>(found);
        while (open.TryDequeue(out var name))
        {
            foreach (var caller in callers.GetValueOrDefault(name) ?? [])
            {
                if (found.Add(caller))
                {
                    open.Enqueue(caller);
                }
            }
        }

        return _answers[key] = found;
    }

    /// <summary>By name, the functions that mention it.</summary>
    private static async Task<Dictionary<string, HashSet<string>>?> ReadAsync(GitRepository git, CommitId revision)
    {
        var files = (await git.FilesAsync(revision, CancellationToken.None)).Where(file => CodeUnits.Language(file.Path) is not null).ToList();
        if (files.Count > MostFiles || files.Sum(file => file.Size) > MostBytes)
        {
            return null;
        }

        var mentions = new List<(string Name, HashSet<string> Words)>();
        foreach (var file in files)
        {
            if (await git.ReadAsync(revision, file.Path, CodeUnits.MaxBytes, CancellationToken.None) is { } bytes)
            {
                var text = Encoding.UTF8.GetString(bytes);
                var lines = text.Split('\n');
                mentions.AddRange(CodeUnits.Read(file.Path, text).Select(unit => (ControlUnits.SimpleName(unit), Words(lines, unit.Span))));
            }
        }

        var functions = mentions.Select(mention => mention.Name).ToHashSet(StringComparer.Ordinal);
        var callers = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var (name, words) in mentions)
        {
            foreach (var word in words.Where(word => word != name && functions.Contains(word)))
            {
                if (!callers.TryGetValue(word, out var by))
                {
                    callers.Add(word, by = new HashSet<string>(StringComparer.Ordinal));
                }

                by.Add(name);
            }
        }

        return callers;
    }

    private static HashSet<string> Words(string[] lines, LineSpan span)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        for (var i = span.Start - 1; i < Math.Min(span.End, lines.Length); i++)
        {
            var line = lines[i].AsSpan();
            for (var start = 0; start < line.Length; start++)
            {
                if (char.IsLetter(line[start]) || line[start] == '_')
                {
                    var end = start + 1;
                    while (end < line.Length && (char.IsLetterOrDigit(line[end]) || line[end] == '_'))
                    {
                        end++;
                    }

                    words.Add(line[start..end].ToString());
                    start = end;
                }
            }
        }

        return words;
    }
}
