using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Airworthy.Code;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Production;

/// <summary>Finds the unit that a span's <c>code.*</c> attributes name, at the revision that ran.</summary>
public sealed class UnitFinder
{
    private const int MostRevisions = 16;
    private const int MostLocations = 100_000;
    private readonly ConcurrentDictionary<(string Repository, CommitId Revision), Lazy<Task<Sources>>> _sources = new();

    /// <summary>The unit at a location; null when the location names no code, or none that can be told apart.</summary>
    public async Task<CodeUnit?> FindAsync(ResolvedVersion version, ObservedLocation location, CancellationToken cancel)
    {
        if (version.Revision.Commit is not { } revision || location is { Function: null, File: null })
        {
            return null;
        }

        if (_sources.Count >= MostRevisions)
        {
            _sources.Clear();
        }

        // Kept beyond this question, so not ended with it.
        var sources = await _sources
            .GetOrAdd((version.Repository, revision), _ => new(() => Sources.ReadAsync(version.Git, revision)))
            .Value.WaitAsync(cancel);
        return await sources.FindAsync(location, cancel);
    }

    /// <summary>The files of one revision, each read when it is asked for.</summary>
    private sealed class Sources(GitRepository git, CommitId revision, PathResolver paths)
    {
        private readonly ConcurrentDictionary<RepoPath, ImmutableArray<CodeUnit>> _units = new();
        private readonly ConcurrentDictionary<ObservedLocation, CodeUnit?> _found = new();

        public static async Task<Sources> ReadAsync(GitRepository git, CommitId revision) =>
            new(git, revision, new PathResolver((await git.FilesAsync(revision, CancellationToken.None)).Select(file => file.Path)));

        /// <summary>The unit; what a revision holds never changes, so each location is sought once.</summary>
        public async Task<CodeUnit?> FindAsync(ObservedLocation location, CancellationToken cancel)
        {
            if (_found.TryGetValue(location, out var known))
            {
                return known;
            }

            if (_found.Count >= MostLocations)
            {
                _found.Clear();
            }

            return _found[location] = await SeekAsync(location, cancel);
        }

        private async Task<CodeUnit?> SeekAsync(ObservedLocation location, CancellationToken cancel)
        {
            if (location.File is not null)
            {
                return paths.Resolve(location.File).Path is { } path ? Choose(await UnitsAsync(path, cancel), location) : null;
            }

            var found = new List<CodeUnit>();
            foreach (var path in FilesOf(location.Function!))
            {
                found.AddRange((await UnitsAsync(path, cancel)).Where(unit => IsNamed(unit, location.Function!)));
            }

            return found.Count == 1 ? found[0] : null;
        }

        private static CodeUnit? Choose(ImmutableArray<CodeUnit> units, ObservedLocation location)
        {
            if (location.Line is { } line && CodeUnits.Around(units, line) is { } around)
            {
                return around;
            }

            return location.Function is { } function && units.Where(unit => IsNamed(unit, function)).ToArray() is [var only] ? only : null;
        }

        /// <summary>By custom a type stands in a file of its name.</summary>
        private IReadOnlyList<RepoPath> FilesOf(string function) =>
            function.Split('.') is [.., var type, _] ? paths.Named(type + ".cs") : [];

        private async Task<ImmutableArray<CodeUnit>> UnitsAsync(RepoPath path, CancellationToken cancel)
        {
            if (_units.TryGetValue(path, out var known))
            {
                return known;
            }

            var bytes = await git.ReadAsync(revision, path, CodeUnits.MaxBytes, cancel);
            return _units[path] = bytes is null ? [] : CodeUnits.Read(path, Encoding.UTF8.GetString(bytes));
        }

        /// <summary>True when a symbol such as <c>M:Shop.Coupons.Parse(System.String)</c> is the function, by whole parts from its end.</summary>
        private static bool IsNamed(CodeUnit unit, string function)
        {
            var symbol = unit.Symbol.StartsWith("M:", StringComparison.Ordinal) ? unit.Symbol[2..] : unit.Symbol;
            var bare = symbol.IndexOf('(', StringComparison.Ordinal) is var bracket and >= 0 ? symbol[..bracket] : symbol;
            return bare.Equals(function, StringComparison.Ordinal)
                || bare.EndsWith("." + function, StringComparison.Ordinal)
                || function.EndsWith("." + bare, StringComparison.Ordinal);
        }
    }
}
