using System.Globalization;
using Airworthy.Cli.Servers;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary>A lesson for a person at a terminal.</summary>
internal static class LessonText
{
    /// <summary>A lesson in one line, without its rule.</summary>
    public static string Head(LessonSummary lesson) =>
        $"{lesson.Id}  {Words.Of(lesson.State)}  {Printable.Of(lesson.FailureClass)}  {Printable.Of(string.Join(", ", lesson.Scope))}  incident {Printable.Of(lesson.Incident)}, {(lesson.Recurrences == 0 ? "not seen again" : "came back " + Words.Count(lesson.Recurrences, "time"))}";

    /// <summary>All of a lesson.</summary>
    public static void Write(IAnsiConsole console, LessonSummary lesson)
    {
        console.WriteLine($"{lesson.Id}  {Words.Of(lesson.State)}  {Printable.Of(lesson.FailureClass)}");
        console.WriteLine($"  rule      {Printable.Of(lesson.Rule)}");
        console.WriteLine($"  guard     {(lesson.Guard is null ? "none known" : $"{Words.Of(lesson.GuardKind)}: {Printable.Of(lesson.Guard)}")}");
        console.WriteLine($"  in        {Printable.Of(string.Join(", ", lesson.Scope))} of {Printable.Of(lesson.Repository)}");
        console.WriteLine($"  from      incident {Printable.Of(lesson.Incident)}{(lesson.Change is null ? "" : $", change {Printable.Of(lesson.Change)}")}");
        console.WriteLine($"  owner     {(lesson.Owner is null ? "nobody yet: airworthy lessons accept " + lesson.Id + " --by NAME" : Printable.Of(lesson.Owner))}");
        console.WriteLine($"  until     {Day(lesson.Expires)}");
        if (lesson.RetiredBecause is { } why)
        {
            console.WriteLine($"  retired   {Printable.Of(why)}");
        }

        foreach (var line in Course(lesson))
        {
            console.WriteLine($"  {line}");
        }
    }

    private static IEnumerable<string> Course(LessonSummary lesson)
    {
        if (lesson.Course is not { } course)
        {
            yield break;
        }

        yield return $"before    {Tally(course.Before)}";
        yield return $"since     {(course.After is { } after ? Tally(after) : "not accepted yet, so nothing to count")}";
        if (course.IsIneffective)
        {
            yield return "! it came back no less often than before, so 'lessons apply' leaves it out; mend its rule or guard, or retire it";
        }
    }

    private static string Tally(LessonTally tally) =>
        $"{Words.Count(tally.Incidents, "incident")} of its class in its scope, among {Words.Count(tally.Changes, "landed change")} in {Words.Count(tally.Days, "day")}";

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
