using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Verification.Mutation;

/// <summary>Reads mutation reports of any format and merges what they say of the files that changed.</summary>
public sealed class MutationReading
{
    private const int MaxMutants = 5_000_000;
    private const int MaxFiles = 500_000;

    private static readonly ImmutableArray<IMutationReader> s_readers = [new ElementsReader(), new PitReader(), new CargoMutantsReader()];

    private readonly ReportPaths _paths;
    private readonly HashSet<RepoPath> _changed;
    private readonly HashSet<string> _names;
    private readonly Func<RepoPath, int, int?> _place;
    private readonly Dictionary<(RepoPath Path, int Line, string Identity), bool> _mutants = [];
    private readonly Dictionary<RepoPath, HashSet<string>> _sources = [];
    private readonly List<ReportRead> _reports = [];

    /// <inheritdoc cref="Coverage.CoverageReading(IReadOnlyCollection{RepoPath}, IReadOnlyCollection{RepoPath}, string?, Func{RepoPath, int, int?}?, Func{RepoPath, int?}?)"/>
    public MutationReading(IReadOnlyCollection<RepoPath> files, IReadOnlyCollection<RepoPath> changed, string? workTree, Func<RepoPath, int, int?>? place = null)
    {
        _paths = new ReportPaths(files, workTree);
        _changed = [.. changed];
        _names = new HashSet<string>(changed.Select(file => file.Name), StringComparer.OrdinalIgnoreCase);
        _place = place ?? ((_, line) => line);
    }

    /// <summary>The formats that are read.</summary>
    public static ImmutableArray<string> Formats { get; } = [.. s_readers.Select(reader => reader.Name)];

    /// <summary>The reports read so far.</summary>
    public IReadOnlyList<ReportRead> Reports => _reports;

    /// <summary>Takes in one report.</summary>
    /// <exception cref="EvidenceException">It is of no known format, broken, or names a changed file in a way that fits several.</exception>
    public void Add(ReportFile file)
    {
        var start = file.Start();
        var reader = s_readers.FirstOrDefault(candidate => candidate.Recognises(start))
            ?? throw file.Refused($"is no mutation report that is known; known are {string.Join(", ", Formats)}");
        var read = new Dictionary<string, List<Mutant>?>(StringComparer.Ordinal);
        var count = 0;
        reader.Read(file, name =>
        {
            if (!read.TryGetValue(name, out var mutants))
            {
                if (read.Count == MaxFiles)
                {
                    throw file.Refused($"names more than {MaxFiles:N0} files");
                }

                read.Add(name, mutants = _names.Contains(name[(name.AsSpan().LastIndexOfAny('/', '\\') + 1)..]) ? [] : null);
            }

            return mutants is null ? null : mutant =>
            {
                if (++count > MaxMutants)
                {
                    throw file.Refused($"names more than {MaxMutants:N0} mutants");
                }

                mutants.Add(mutant);
            };
        });
        var named = _paths.Resolve([], [.. read.Keys]);
        foreach (var (name, mutants) in read)
        {
            var candidates = named[name];
            if (candidates.Length > 1 && candidates.Any(_changed.Contains))
            {
                throw file.Refused($"names '{name}', which may be {candidates[0].Display} or {candidates[1].Display}; have it written with full paths");
            }

            if (mutants is { Count: > 0 } && candidates is [var path] && _changed.Contains(path))
            {
                Merge(path, mutants, $"{reader.Name}:{file.Name}");
            }
        }

        _reports.Add(new ReportRead(file.Name, reader.Name, read.Count, named.Values.Count(candidates => candidates.Length > 0)));
    }

    /// <summary>The mutants on some lines of a file as it is judged, and how many of them tests noticed.</summary>
    public (int All, int Noticed) On(RepoPath path, IReadOnlySet<int> lines)
    {
        var on = _mutants.Where(mutant => mutant.Key.Path == path && lines.Contains(mutant.Key.Line)).ToArray();
        return (on.Length, on.Count(mutant => mutant.Value));
    }

    /// <summary>The reports that speak of a file.</summary>
    public string SourceOf(RepoPath path) => string.Join(", ", _sources.GetValueOrDefault(path, []).Order(StringComparer.Ordinal));

    /// <summary>True when a report speaks of the file at all.</summary>
    public bool Speaks(RepoPath path) => _sources.ContainsKey(path);

    private void Merge(RepoPath path, List<Mutant> mutants, string source)
    {
        if (!_sources.TryGetValue(path, out var sources))
        {
            _sources.Add(path, sources = new HashSet<string>(StringComparer.Ordinal));
        }

        sources.Add(source);
        foreach (var mutant in mutants)
        {
            if (_place(path, mutant.Line) is { } line)
            {
                // The same mutant of two runs: one that noticed it is enough.
                var key = (path, line, mutant.Identity);
                _mutants[key] = mutant.Noticed || _mutants.GetValueOrDefault(key);
            }
        }
    }
}
