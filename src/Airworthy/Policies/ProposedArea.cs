using System.Collections.Immutable;
using System.Globalization;
using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>A critical area that a repository suggests: by the names of its paths, by who owns them, by how often they were mended, by how much production calls them.</summary>
/// <param name="Area">The area.</param>
/// <param name="Why">The reason, a few words.</param>
public sealed record ProposedArea(CriticalArea Area, string Why)
{
    private const int MaxPaths = 10;
    private const int MaxOwners = 5;
    private const int MaxOwnerRules = 100;
    private const int MaxFiles = 5;

    // Mended less often, a file may just be unlucky.
    private const int LeastMended = 5;

    private static readonly ImmutableArray<(string Area, Criticality Criticality, string[] Words)> s_suggestive =
    [
        ("payments", Criticality.High, ["payment", "payments", "refund", "refunds", "billing", "checkout", "invoice", "invoices", "invoicing"]),
        ("access", Criticality.High, ["auth", "authentication", "authorization", "identity", "login", "permissions"]),
        ("security", Criticality.High, ["security", "crypto", "cryptography", "secrets"]),
        ("migrations", Criticality.Medium, ["migration", "migrations"]),
    ];

    /// <summary>The areas that <paramref name="running"/> files suggest; a path stands in the first that has it.</summary>
    /// <param name="running">The files of languages that run.</param>
    /// <param name="owners">Who answers for paths.</param>
    /// <param name="mended">How often commits that mend something changed a file; may be null.</param>
    /// <param name="calls">Calls of a file's functions in production; may be null.</param>
    internal static ImmutableArray<ProposedArea> Of(
        ImmutableArray<RepoPath> running, CodeOwners owners, IReadOnlyDictionary<RepoPath, int>? mended, IReadOnlyDictionary<RepoPath, long>? calls)
    {
        var files = running.Where(path => IsWritable(path.Value) && !IsTest(path) && !Policy.Default.IsGenerated(path)).ToImmutableArray();
        var areas = s_suggestive.Select(area => ByName(area.Area, area.Criticality, area.Words, files, owners)).OfType<ProposedArea>().ToList();
        areas.AddRange(ByOwner(files, owners, areas));
        if (MostOf("mended-often", Criticality.Medium, files, mended, LeastMended, "the commits that mend something changed these most often", owners, areas) is { } often)
        {
            areas.Add(often);
        }

        if (MostOf("called-most", Criticality.High, files, calls, 1, "production calls these most", owners, areas) is { } called)
        {
            areas.Add(called);
        }

        return [.. areas];
    }

    /// <summary>True for a name that stands for itself in a pattern and in YAML.</summary>
    internal static bool IsWritable(string text) => IsQuotable(text) && !text.AsSpan().ContainsAny('*', '?', '!');

    private static bool IsQuotable(string text) =>
        text.Length is > 0 and <= 150 && !text.Any(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\\' or '"' or '\uFEFF' or '\u2028' or '\u2029');

    private static ProposedArea? ByName(string name, Criticality criticality, string[] words, ImmutableArray<RepoPath> files, CodeOwners owners)
    {
        var found = new SortedDictionary<string, RepoPath>(StringComparer.Ordinal);
        foreach (var path in files)
        {
            if (Suggestive(path, words) is { } pattern)
            {
                found.TryAdd(pattern, path);
            }
        }

        return found.Count == 0
            ? null
            : new ProposedArea(new CriticalArea(name, [.. found.Keys.Take(MaxPaths).Select(GlobPattern.Parse)], OwnerOf(found.First().Value, owners), criticality, []), "by its name");
    }

    /// <summary>What somebody else answers for than for all the rest.</summary>
    private static IEnumerable<ProposedArea> ByOwner(ImmutableArray<RepoPath> files, CodeOwners owners, List<ProposedArea> before)
    {
        if (owners.Rules.Length > MaxOwnerRules)
        {
            return [];
        }

        var everywhere = owners.Rules.Where(rule => rule.Paths.Text is "*" or "**" or "/*" or "/**").Select(rule => rule.Owner).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return owners.Rules
            .Where(rule => !everywhere.Contains(rule.Owner) && IsWritable(rule.Owner) && IsQuotable(rule.Paths.Text))
            .Where(rule => !IsKnown(rule.Paths, before) && !Policy.DefaultGenerated.Any(glob => glob.Covers(rule.Paths)) && files.Any(rule.Paths.Matches))
            .GroupBy(rule => rule.Owner, rule => rule.Paths, StringComparer.OrdinalIgnoreCase)
            .Select(owned => new ProposedArea(
                new CriticalArea($"owned-by-{Slug(owned.Key)}", [.. owned.Distinct().Take(MaxPaths)], owned.Key, Criticality.Medium, []), "CODEOWNERS names who answers for it"))
            .DistinctBy(area => area.Area.Name, StringComparer.Ordinal)
            .Take(MaxOwners);
    }

    private static ProposedArea? MostOf<T>(
        string name, Criticality criticality, ImmutableArray<RepoPath> files, IReadOnlyDictionary<RepoPath, T>? counts, T least, string why, CodeOwners owners, List<ProposedArea> before)
        where T : struct, IComparable<T>, IFormattable
    {
        var most = files
            .Where(path => counts is not null && counts.TryGetValue(path, out var count) && count.CompareTo(least) >= 0)
            .OrderByDescending(path => counts![path]).ThenBy(path => path)
            .Take(MaxFiles)
            .Select(path => (Path: path, Glob: GlobPattern.Parse("/" + path.Value)))
            .Where(file => !IsKnown(file.Glob, before))
            .ToArray();
        return most.Length == 0
            ? null
            : new ProposedArea(
                new CriticalArea(name, [.. most.Select(file => file.Glob)], OwnerOf(most[0].Path, owners), criticality, []),
                $"{why}: {string.Join(", ", most.Select(file => counts![file.Path].ToString(null, CultureInfo.InvariantCulture)))} times");
    }

    private static bool IsKnown(GlobPattern glob, List<ProposedArea> before) => before.Exists(area => area.Area.Paths.Any(known => known.Covers(glob)));

    private static string? OwnerOf(RepoPath path, CodeOwners owners) => owners.Of(path) is { } owner && IsWritable(owner) ? owner : null;

    private static string Slug(string owner) =>
        string.Concat(owner.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')).Trim('-') is { Length: > 0 } slug ? slug : "somebody";

    /// <summary>The topmost folder on the way to <paramref name="path"/> whose name has one of <paramref name="words"/>, else the file whose name has.</summary>
    private static string? Suggestive(RepoPath path, string[] words)
    {
        var parts = path.Value.Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            if (Words(i == parts.Length - 1 ? Path.GetFileNameWithoutExtension(parts[i]) : parts[i]).Any(word => words.Contains(word, StringComparer.Ordinal)))
            {
                return "/" + string.Join('/', parts[..(i + 1)]) + (i == parts.Length - 1 ? "" : "/");
            }
        }

        return null;
    }

    /// <summary>The words of a name: <c>RefundsApi</c> and <c>refunds-api</c> are both <c>refunds</c>, <c>api</c>.</summary>
    private static IEnumerable<string> Words(string name)
    {
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            if (i == name.Length || !char.IsLetter(name[i]) || (char.IsUpper(name[i]) && char.IsLower(name[i - 1])))
            {
                if (i > start)
                {
                    yield return name[start..i].ToLowerInvariant();
                }

                start = i < name.Length && !char.IsLetter(name[i]) ? i + 1 : i;
            }
        }
    }

    private static bool IsTest(RepoPath path) => Policy.DefaultEvidence.Any(rule => rule.Except.Any(glob => glob.Matches(path)));
}
