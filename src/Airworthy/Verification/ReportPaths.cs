using Airworthy.Model;

namespace Airworthy.Verification;

/// <summary>
/// Finds the repository's files that a report names. A path counts when it is a file's own, when the whole of a file's path ends it (a
/// machine's folder, a module's name before it), or when it ends a file's path (a source root left out). Nothing shorter: evidence of the
/// wrong file is worse than none.
/// </summary>
internal sealed class ReportPaths
{
    private const int MaxChars = 4096;

    private readonly HashSet<RepoPath> _files;
    private readonly ILookup<string, RepoPath> _byName;
    private readonly string? _workTree;

    public ReportPaths(IReadOnlyCollection<RepoPath> files, string? workTree)
    {
        _files = [.. files];
        _byName = files.ToLookup(file => file.Name, StringComparer.OrdinalIgnoreCase);
        _workTree = workTree is null ? null : Joined(Parts(workTree));
    }

    /// <summary>The files that each of <paramref name="reported"/> may be: none, the one it is, or several when nobody can tell.</summary>
    public Dictionary<string, RepoPath[]> Resolve(IReadOnlyCollection<string> roots, IReadOnlyCollection<string> reported)
    {
        var found = new Dictionary<string, RepoPath[]>(StringComparer.Ordinal);
        var prefixes = new HashSet<string>(StringComparer.Ordinal);
        var open = new List<(string Reported, Candidate[] Candidates)>();
        foreach (var name in reported)
        {
            var candidates = Candidates(roots, name);
            if (candidates.Length <= 1)
            {
                found[name] = [.. candidates.Select(candidate => candidate.File)];
                prefixes.UnionWith(candidates.Select(candidate => candidate.Prefix));
            }
            else
            {
                open.Add((name, candidates));
            }
        }

        // What goes before the path of a file that is certain tells where the report's machine kept the repository.
        foreach (var (name, candidates) in open)
        {
            var known = candidates.Where(candidate => prefixes.Contains(candidate.Prefix)).ToArray();
            found[name] = [.. (known.Length == 1 ? known : candidates).Select(candidate => candidate.File)];
        }

        return found;
    }

    private Candidate[] Candidates(IReadOnlyCollection<string> roots, string reported)
    {
        if (reported.Length is 0 or > MaxChars)
        {
            return [];
        }

        var bare = Parts(reported);
        if (bare.Length == 0 || !_byName.Contains(bare[^1]))
        {
            return [];
        }

        var forms = IsAbsolute(reported) ? [bare] : roots.Select(root => (string[])[.. Parts(root), .. bare]).Append(bare).ToArray();
        foreach (var form in forms)
        {
            if (Exact(form) is { } exact)
            {
                return [exact];
            }
        }

        return First(
            () => forms.Where(form => form.Length > bare.Length).SelectMany(form => Ending(form, StringComparison.Ordinal)),
            () => IsAbsolute(reported) ? [] : EndedBy(bare, StringComparison.Ordinal),
            () => Ending(bare, StringComparison.Ordinal),
            () => IsAbsolute(reported) ? Ending(bare, StringComparison.OrdinalIgnoreCase) : EndedBy(bare, StringComparison.OrdinalIgnoreCase));
    }

    private Candidate? Exact(string[] form)
    {
        var path = Joined(form);
        if (_workTree is { Length: > 0 } top && path.StartsWith(top + "/", StringComparison.Ordinal))
        {
            var inside = new RepoPath(path[(top.Length + 1)..]);
            return _files.Contains(inside) ? new Candidate(inside, top) : null;
        }

        return _files.Contains(new RepoPath(path)) ? new Candidate(new RepoPath(path), "") : null;
    }

    /// <summary>Files whose whole path ends <paramref name="form"/>.</summary>
    private IEnumerable<Candidate> Ending(string[] form, StringComparison comparison) =>
        from file in _byName[form[^1]]
        let parts = file.Value.Split('/')
        where parts.Length <= form.Length && Ends(form, parts, comparison)
        select new Candidate(file, Joined(form[..^parts.Length]));

    /// <summary>Files whose path is ended by the whole of <paramref name="form"/>.</summary>
    private IEnumerable<Candidate> EndedBy(string[] form, StringComparison comparison) =>
        from file in _byName[form[^1]]
        let parts = file.Value.Split('/')
        where form.Length <= parts.Length && Ends(parts, form, comparison)
        select new Candidate(file, "+" + Joined(parts[..^form.Length]));

    private static Candidate[] First(params Func<IEnumerable<Candidate>>[] ways)
    {
        foreach (var way in ways)
        {
            var found = way().DistinctBy(candidate => candidate.File).ToArray();
            if (found.Length > 0)
            {
                return found;
            }
        }

        return [];
    }

    private static bool Ends(string[] path, string[] end, StringComparison comparison)
    {
        for (var i = 1; i <= end.Length; i++)
        {
            if (!path[^i].Equals(end[^i], comparison))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAbsolute(string path) =>
        path[0] is '/' or '\\' || (path.Length > 2 && char.IsAsciiLetter(path[0]) && path[1] == ':');

    private static string Joined(string[] parts) => string.Join('/', parts);

    /// <summary>The parts of a path of any system, without a drive; <c>..</c> takes its folder away and never leaves the top.</summary>
    private static string[] Parts(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (part is "." || (part.Length == 2 && part[1] == ':') || part is "file:")
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

        return [.. parts];
    }

    private readonly record struct Candidate(RepoPath File, string Prefix);
}
