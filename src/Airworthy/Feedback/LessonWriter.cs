using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Feedback;

/// <summary>
/// Writes what an attributed incident taught. Text from production never enters a lesson: the exception's type only chooses among our
/// own sentences, and of the code only names of its own are quoted.
/// </summary>
public sealed class LessonWriter(TimeProvider time)
{
    private const int LongestName = 120;

    /// <summary>How long a lesson holds unless the failure comes back.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(180);

    /// <summary>
    /// The lesson of <paramref name="incident"/>. A class of failure that comes back in a scope is not told twice: the lesson that stands
    /// is given back, counted up and prolonged.
    /// </summary>
    /// <param name="repository">The repository it belongs to.</param>
    /// <param name="incident">What broke.</param>
    /// <param name="change">The change that caused it.</param>
    /// <param name="site">Where the change is to blame.</param>
    /// <param name="known">The repository's lessons so far.</param>
    public Lesson Write(string repository, IncidentId incident, ChangeId? change, FailureSite site, IEnumerable<Lesson> known)
    {
        var failure = ClassOf(site);
        var scope = ScopeOf(site.Frame.Path);
        var id = IdOf(repository, failure.Name, scope);
        var now = time.GetUtcNow();
        if (known.FirstOrDefault(lesson => lesson.Id == id) is { } standing)
        {
            return standing.Incident == incident
                ? standing
                : standing with { Recurrences = standing.Recurrences + 1, Expires = now + Lifetime };
        }

        var unit = NameOf(site.Frame);
        var refuser = site.RefusedBy is { } guard ? NameOf(guard) : "what it calls";
        return new Lesson(
            id,
            failure.Name,
            [scope],
            string.Format(CultureInfo.InvariantCulture, failure.Rule, unit, refuser),
            string.Format(CultureInfo.InvariantCulture, failure.Guard, unit, refuser),
            incident,
            change,
            repository,
            now,
            now + Lifetime,
            Recurrences: 0) { GuardKind = failure.GuardKind };
    }

    /// <summary>What came up where, for the count of each lesson's recurrences.</summary>
    public static LessonSighting SightingOf(string repository, Incident incident, FailureSite site) =>
        new(incident.Id, repository, ClassOf(site).Name, site.Frame.Path, incident.FirstSeen);

    private static FailureClass ClassOf(FailureSite site) => FailureClasses.All.First(failure => failure.Fits(site));

    /// <summary>The files beside the failing one, of its language. A folder whose name could mean something else in a glob is left out.</summary>
    private static string ScopeOf(RepoPath? path)
    {
        if (path is not { } file || !IsPlain(Path.GetExtension(file.Name)))
        {
            return "**";
        }

        var pattern = "*" + Path.GetExtension(file.Name);
        return file.Folder.Length > 0 && IsPlain(file.Folder) ? $"{file.Folder}/**/{pattern}" : $"**/{pattern}";
    }

    private static string NameOf(ResolvedFrame frame)
    {
        var name = frame.Unit?.Name ?? "";
        if (name.Length is > 0 and <= LongestName && name.All(IsNameCharacter) && !ReadsAsProse(name))
        {
            return $"`{name}`";
        }

        return frame.Path is { } path && IsPlain(path.Value) ? $"`{path.Value}`" : "this code";
    }

    private static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || " _.,:<>()[]?~&*#".Contains(c, StringComparison.Ordinal);

    /// <summary>A name has spaces between its parameters only: where git's function context gave a line of prose, it is no name.</summary>
    private static bool ReadsAsProse(string name)
    {
        for (var at = name.IndexOf(' ', StringComparison.Ordinal); at >= 0; at = name.IndexOf(' ', at + 1))
        {
            if (at == 0 || name[at - 1] != ',')
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPlain(string path) =>
        path.Length is > 0 and <= LongestName
        && path.All(c => char.IsLetterOrDigit(c) || "/._-+@".Contains(c, StringComparison.Ordinal));

    private static LessonId IdOf(string repository, string failure, string scope) =>
        new("lesson-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{repository}\0{failure}\0{scope}")))[..16]);
}
