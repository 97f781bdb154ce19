using Airworthy.Model;

namespace Airworthy.Code;

/// <summary>
/// Finds the repository's file that a trace, a report or a span names: the same path, else the path without its machine's part (a drive,
/// a container's folder, <c>/_/</c>), else the longest suffix that only one file has. A name alone counts when only one file has it.
/// </summary>
public sealed class PathResolver
{
    private const int MaxChars = 4096;

    private readonly Dictionary<string, RepoPath> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<RepoPath>> _byName = new(StringComparer.OrdinalIgnoreCase);

    public PathResolver(IEnumerable<RepoPath> files)
    {
        foreach (var file in files)
        {
            _exact[file.Value] = file;
            if (!_byName.TryGetValue(file.Name, out var same))
            {
                _byName.Add(file.Name, same = []);
            }

            same.Add(file);
        }
    }

    /// <summary>The files with this name, whatever their folder and case.</summary>
    public IReadOnlyList<RepoPath> Named(string name) => _byName.TryGetValue(name, out var same) ? same : [];

    public PathMatch Resolve(string? file)
    {
        if (string.IsNullOrWhiteSpace(file) || file.Length > MaxChars)
        {
            return new PathMatch(null, 0);
        }

        if (_exact.TryGetValue(file, out var same))
        {
            return new PathMatch(same, 1);
        }

        var parts = Parts(file);
        if (parts.Count == 0 || !_byName.TryGetValue(parts[^1], out var named))
        {
            return new PathMatch(null, 0);
        }

        if (_exact.TryGetValue(string.Join('/', parts), out same))
        {
            return new PathMatch(same, 1);
        }

        return Longest(parts, named);
    }

    /// <summary>Of the files with that name the one that shares most folders from the end; several that share as many are ambiguous.</summary>
    private static PathMatch Longest(List<string> parts, List<RepoPath> named)
    {
        RepoPath? best = null;
        int most = 0, sharing = 0;
        foreach (var candidate in named)
        {
            var shared = Shared(parts, candidate.Value.Split('/'));
            if (shared > most)
            {
                (best, most, sharing) = (candidate, shared, 1);
            }
            else if (shared == most)
            {
                sharing++;
            }
        }

        // A framework's file may bear a common name: with folders told, at least one of them must fit.
        if (parts.Count > 1 && most < 2 && best is { } only && only.Value.Contains('/', StringComparison.Ordinal))
        {
            return new PathMatch(null, 0);
        }

        return sharing == 1 ? new PathMatch(best, 1) : new PathMatch(null, sharing);
    }

    private static int Shared(List<string> parts, string[] candidate)
    {
        var shared = 0;
        while (shared < parts.Count && shared < candidate.Length
            && parts[^(shared + 1)].Equals(candidate[^(shared + 1)], StringComparison.OrdinalIgnoreCase))
        {
            shared++;
        }

        return shared;
    }

    /// <summary>The parts of a path of any system; <c>..</c> takes its folder away and never leaves the top.</summary>
    private static List<string> Parts(string file)
    {
        var parts = new List<string>();
        foreach (var part in file.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part is "." or "_" || part.EndsWith(':'))
            {
                continue;
            }

            if (part is not "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        return parts;
    }
}
