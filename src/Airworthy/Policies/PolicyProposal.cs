using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>The <c>airworthy.yml</c> that a repository suggests: read by its people before it rules anything.</summary>
/// <param name="Services">Names its services are likely known by.</param>
/// <param name="Languages">Languages with their number of files, the most first.</param>
/// <param name="Critical">Areas that look critical, each with the reason.</param>
public sealed record PolicyProposal(
    ImmutableArray<string> Services, ImmutableArray<(string Language, int Files)> Languages, ImmutableArray<ProposedArea> Critical)
{
    /// <summary>Proposes from what a repository shows of itself.</summary>
    /// <param name="services">Names its services are likely known by.</param>
    /// <param name="files">Its files with their languages; <c>null</c> for what does not run.</param>
    /// <param name="owners">Who answers for paths.</param>
    /// <param name="mended">Files with how often a commit that mends something changed them; null when its history was not asked.</param>
    /// <param name="calls">Files with the calls of their functions in production; null when no server was asked.</param>
    public static PolicyProposal From(
        IEnumerable<string> services,
        IReadOnlyCollection<(RepoPath Path, string? Language)> files,
        CodeOwners owners,
        IReadOnlyDictionary<RepoPath, int>? mended = null,
        IReadOnlyDictionary<RepoPath, long>? calls = null) => new(
        [.. services.Where(ProposedArea.IsWritable).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(50)],
        [
            .. files.Where(file => file.Language is not null)
                .GroupBy(file => file.Language!, StringComparer.Ordinal)
                .Select(group => (group.Key, group.Count()))
                .OrderByDescending(pair => pair.Item2)
                .ThenBy(pair => pair.Key, StringComparer.Ordinal),
        ],
        ProposedArea.Of([.. files.Where(file => file.Language is not null).Select(file => file.Path)], owners, mended, calls));

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

        yaml.Append("# These are proposals.\ncritical:\n");
        foreach (var (area, why) in Critical)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  - name: {area.Name}    # {why}\n    paths: [{string.Join(", ", area.Paths.Select(glob => Quoted(glob.Text)))}]\n");
            if (area.Owner is not null)
            {
                yaml.Append(CultureInfo.InvariantCulture, $"    owner: {Quoted(area.Owner)}\n");
            }

            yaml.Append(CultureInfo.InvariantCulture, $"    criticality: {area.Criticality.ToString().ToLowerInvariant()}\n");
        }

        yaml.Append('\n');
    }

    private static string Quoted(string text) => $"\"{text}\"";
}
