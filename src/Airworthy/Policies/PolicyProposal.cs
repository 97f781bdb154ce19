using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>The <c>airworthy.yml</c> that a repository's own paths suggest: read by its people before it rules anything.</summary>
/// <param name="Services">Names its services are likely known by.</param>
/// <param name="Languages">Languages with their number of files, the most first.</param>
/// <param name="Critical">Areas that look critical by their names.</param>
public sealed record PolicyProposal(
    ImmutableArray<string> Services, ImmutableArray<(string Language, int Files)> Languages, ImmutableArray<CriticalArea> Critical)
{
    private const int MaxPathsPerArea = 10;

    private static readonly ImmutableArray<(string Area, Criticality Criticality, string[] Words)> s_suggestive =
    [
        ("payments", Criticality.High, ["payment", "payments", "refund", "refunds", "billing", "checkout", "invoice", "invoices", "invoicing"]),
        ("access", Criticality.High, ["auth", "authentication", "authorization", "identity", "login", "permissions"]),
        ("security", Criticality.High, ["security", "crypto", "cryptography", "secrets"]),
        ("migrations", Criticality.Medium, ["migration", "migrations"]),
    ];

    /// <summary>Proposes from the paths of a repository.</summary>
    /// <param name="services">Names its services are likely known by.</param>
    /// <param name="files">Its files with their languages; <c>null</c> for what does not run.</param>
    /// <param name="owners">Who answers for paths.</param>
    public static PolicyProposal From(IEnumerable<string> services, IReadOnlyCollection<(RepoPath Path, string? Language)> files, CodeOwners owners) => new(
        [.. services.Where(IsWritable).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(50)],
        [
            .. files.Where(file => file.Language is not null)
                .GroupBy(file => file.Language!, StringComparer.Ordinal)
                .Select(group => (group.Key, group.Count()))
                .OrderByDescending(pair => pair.Item2)
                .ThenBy(pair => pair.Key, StringComparer.Ordinal),
        ],
        [.. s_suggestive.Select(area => Area(area.Area, area.Criticality, area.Words, files, owners)).OfType<CriticalArea>()]);

    /// <summary>The file's text, with a comment on everything one may write.</summary>
    public string ToYaml()
    {
        var yaml = new StringBuilder(2048);
        yaml.Append("# What this repository asks of its changes. See docs/write-a-policy.md of Airworthy.\n");
        if (!Languages.IsEmpty)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"# Seen here: {string.Join(", ", Languages.Take(6).Select(seen => $"{seen.Language} {seen.Files}"))} (files).\n");
        }

        yaml.Append("version: 1\n\n# The service.name values under which this code runs in production.\n");
        yaml.Append(CultureInfo.InvariantCulture, $"services: [{string.Join(", ", Services.Select(Quoted))}]\n\n");
        AppendCritical(yaml);
        yaml.Append("""
            # Whose changes are watched in production until they are proven: ai, unknown, human.
            probation: [ai, unknown]

            authorship:
              # What a commit without any mark counts as: unknown, or human where this repository vouches that agents always leave theirs.
              unattributed: unknown

            # Which evidence a changed unit must have: statement-coverage, mutation-score, trial, human-review.
            # 'critical: any' or 'critical: [NAME]' limits a rule to critical areas, 'paths' and 'except' to or from other paths.
            evidence:
              - name: covered
                authorship: [ai, unknown]
                except: ["test/", "tests/", "*.Tests/", "*.Test/", "*_test.*", "test_*", "*.test.*", "*.spec.*"]
                require: [statement-coverage]

            """.ReplaceLineEndings("\n"));
        if (!Critical.IsEmpty)
        {
            yaml.Append("  - name: critical\n    authorship: [ai, unknown]\n    critical: any\n    require: [human-review]\n");
        }

        return yaml.ToString();
    }

    private void AppendCritical(StringBuilder yaml)
    {
        yaml.Append("# Paths that production depends on. Patterns mean what they mean in a .gitignore. 'deny: [ai]' lets no agent change an area.\n");
        if (Critical.IsEmpty)
        {
            yaml.Append("# critical:\n#   - name: payments\n#     paths: [\"src/Payments/\"]\n#     owner: \"@payments-team\"\n#     criticality: high\n\n");
            return;
        }

        yaml.Append("# These are proposed by their names only.\ncritical:\n");
        foreach (var area in Critical)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  - name: {area.Name}\n    paths: [{string.Join(", ", area.Paths.Select(glob => Quoted(glob.Text)))}]\n");
            if (area.Owner is not null)
            {
                yaml.Append(CultureInfo.InvariantCulture, $"    owner: {Quoted(area.Owner)}\n");
            }

            yaml.Append(CultureInfo.InvariantCulture, $"    criticality: {area.Criticality.ToString().ToLowerInvariant()}\n");
        }

        yaml.Append('\n');
    }

    private static CriticalArea? Area(
        string name, Criticality criticality, string[] words, IReadOnlyCollection<(RepoPath Path, string? Language)> files, CodeOwners owners)
    {
        var found = new SortedDictionary<string, RepoPath>(StringComparer.Ordinal);
        foreach (var (path, language) in files)
        {
            if (language is not null && IsWritable(path.Value) && !IsTest(path) && Suggestive(path, words) is { } pattern)
            {
                found.TryAdd(pattern, path);
            }
        }

        if (found.Count == 0)
        {
            return null;
        }

        var owner = owners.Of(found.First().Value);
        return new CriticalArea(
            name,
            [.. found.Keys.Take(MaxPathsPerArea).Select(GlobPattern.Parse)],
            owner is not null && IsWritable(owner) ? owner : null,
            criticality,
            []);
    }

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

    /// <summary>True for a name that stands for itself in a pattern and in YAML.</summary>
    private static bool IsWritable(string text) =>
        text.Length is > 0 and <= 150 && !text.Any(c => char.IsControl(c) || char.IsSurrogate(c) || c is '*' or '?' or '\\' or '"' or '!' or '\uFEFF' or '\u2028' or '\u2029');

    private static string Quoted(string text) => $"\"{text}\"";
}
