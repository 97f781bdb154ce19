using Airworthy.Feedback;
using Airworthy.Incidents;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Airworthy.Policies;

namespace Airworthy.Journeys.Lessons;

/// <summary>Takes what people decide of lessons: a text in their own words, that it is accepted, that it has had its time.</summary>
public sealed class LessonDesk(ILessonStore lessons, IIncidentStore incidents, ServerNews news, TimeProvider time)
{
    private const int LongestRule = 600;
    private const int LongestName = 200;
    private const int MostGlobs = 20;
    private const int Quoted = 16;
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(732);

    /// <summary>Changes a lesson; null when there is none of that id.</summary>
    /// <exception cref="JourneyException">Something of the change is missing or can't be.</exception>
    public async Task<Lesson?> ChangeAsync(LessonId id, LessonEdit edit, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(edit);
        if ((await lessons.ListAsync(repository: null, cancel)).FirstOrDefault(lesson => lesson.Id == id) is not { } lesson)
        {
            return null;
        }

        var by = Text("by", edit.By, LongestName, "who changes it") ?? throw Wrong("'by' is missing: name who changes the lesson");
        var now = time.GetUtcNow();
        if (edit.Until is { } until && (until <= now || until > now + s_longest))
        {
            throw Wrong("a lesson ends on a day within the next two years");
        }

        var changed = lesson with
        {
            Rule = await OwnWordsAsync(lesson, Text("rule", edit.Rule, LongestRule, "what agents are to do"), cancel) ?? lesson.Rule,
            Guard = await OwnWordsAsync(lesson, Text("guard", edit.Guard, LongestRule, "what catches it"), cancel) ?? lesson.Guard,
            GuardKind = edit.GuardKind ?? lesson.GuardKind,
            Scope = edit.Scope is null ? lesson.Scope : [.. Globs(edit.Scope)],
            Owner = Text("owner", edit.Owner, LongestName, "who answers for it") ?? lesson.Owner,
            Expires = edit.Until ?? lesson.Expires,
        };
        changed = edit.State switch
        {
            null => changed,
            LessonState.Accepted => changed with
            {
                State = LessonState.Accepted,
                Owner = changed.Owner ?? by,
                AcceptedAt = lesson.State == LessonState.Accepted ? lesson.AcceptedAt : now,
                Expires = changed.Expires > now ? changed.Expires : now + LessonWriter.Lifetime,
                RetiredBecause = null,
            },
            LessonState.Retired => changed with
            {
                State = LessonState.Retired,
                RetiredBecause = $"{by}: {Text("reason", edit.Reason, LongestRule, "why it is retired") ?? throw Wrong("'reason' is missing: say why it is retired")}",
            },
            _ => throw Wrong("a lesson is accepted or retired; a draft it was already"),
        };
        await lessons.SaveAsync(changed, cancel);
        news.Tell(new ServerEvent("lesson", id.Value));
        return changed;
    }

    /// <summary>A text of a person's; what production said is none, and never reaches an agent as a rule.</summary>
    private async Task<string?> OwnWordsAsync(Lesson lesson, string? text, CancellationToken cancel)
    {
        if (text is null || await incidents.GetAsync(lesson.Incident, cancel) is not { } incident)
        {
            return text;
        }

        var said = InertText.Line(incident.Title[(incident.Title.IndexOf(':', StringComparison.Ordinal) + 1)..], LongestRule);
        for (var start = 0; start + Quoted <= said.Length; start++)
        {
            if (text.Contains(said.Substring(start, Quoted), StringComparison.OrdinalIgnoreCase))
            {
                throw Wrong("the text repeats what production said, which an attacker may have written; say it in your own words");
            }
        }

        return text;
    }

    private static IEnumerable<string> Globs(IReadOnlyList<string> scope)
    {
        if (scope.Count is 0 or > MostGlobs)
        {
            throw Wrong($"'scope' has 1 to {MostGlobs} globs");
        }

        foreach (var glob in scope)
        {
            try
            {
                _ = GlobPattern.Parse(glob);
            }
            catch (FormatException wrong)
            {
                throw Wrong($"'scope' has a glob that is none: {wrong.Message}");
            }

            yield return glob;
        }
    }

    private static string? Text(string name, string? value, int longest, string what) => value switch
    {
        null => null,
        _ when value.Length > longest => throw Wrong($"'{name}' is longer than {longest} letters"),
        _ => InertText.Line(value, longest) is { Length: > 0 } clean ? clean : throw Wrong($"'{name}' is empty: say {what}"),
    };

    private static JourneyException Wrong(string problem) => new(Fault.Usage, problem);
}
