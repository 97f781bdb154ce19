using System.Text;

namespace Airworthy.TrialWorker.Schedules;

/// <summary>A violation in words: what threads were to do, what any order gives, what they did, and how it came to that.</summary>
/// <param name="run">What ran it.</param>
/// <param name="space">What it is made of.</param>
/// <param name="places">What stands at each point.</param>
internal sealed class ViolationText(ScenarioRun run, ScenarioSpace space, string[] places)
{
    private const int MostSwitches = 12;

    /// <summary><c>stock = new Stock(); stock.Take(1) ‖ stock.Take(1)</c>.</summary>
    public string Input(Scenario scenario)
    {
        var text = new StringBuilder();
        for (var kind = 0; kind < scenario.Objects.Length; kind++)
        {
            for (var i = 0; i < scenario.Objects[kind].Length; i++)
            {
                text.Append(run.ObjectName(kind, i)).Append(" = ").Append(Made(scenario.Objects[kind][i])).Append("; ");
            }
        }

        foreach (var call in scenario.Before)
        {
            text.Append(run.CallText(call)).Append("; ");
        }

        return text.Append(string.Join(" ‖ ", scenario.Threads.Select(thread => string.Join(", ", thread.Select(run.CallText))))).ToString();
    }

    /// <summary>What the order that comes closest gives, of what differs.</summary>
    public static string Expected(Violation violation)
    {
        if (violation.Kind != ViolationKind.Order)
        {
            return violation.Kind == ViolationKind.Deadlock ? "one after the other, in any order, they come back" : "one at a time";
        }

        var closest = violation.Orders.Closest(violation.Execution);
        var differs = Differs(violation.Execution, closest);
        // Each order that gives these, as one alternative.
        return differs.Count == 0 ? "a call that is over before another begins comes first"
            : string.Join(" or ", violation.Orders.Outcomes.Select(one => string.Join(", ", differs.Select(i => Part(one.Parts[i])))).Distinct(StringComparer.Ordinal).Take(3));
    }

    /// <summary>What they did, and how it came to that.</summary>
    public string Found(Violation violation)
    {
        var execution = violation.Execution;
        var what = violation.Kind switch
        {
            ViolationKind.Deadlock => "they wait for each other: " + string.Join("; ", execution.Places.Select((place, thread) => place is { } at ? $"thread {thread + 1} at {Place(at)}" : null).OfType<string>()),
            ViolationKind.Use => $"two threads use one {execution.Use!.Type.Name.Split('`')[0]} at once, which is not made for it: {Place(execution.Use.First)}, and {Place(execution.Use.Second)}",
            _ when Differs(execution, violation.Orders.Closest(execution)) is { Count: > 0 } differs => string.Join(", ", differs.Select(i => Part(execution.Parts[i]))),
            _ => string.Join(", ", execution.Parts.Select(Part)),
        };
        return $"{what}. {How(execution)}";
    }

    /// <summary>Who went on when.</summary>
    private string How(Execution execution)
    {
        var text = new List<string>();
        var trace = execution.Trace;
        for (var i = 0; i < trace.Count;)
        {
            var thread = trace[i].Thread;
            var end = i;
            while (end < trace.Count && trace[end].Thread == thread)
            {
                end++;
            }

            // Where it stands when another goes on is where it goes on from later.
            var later = Enumerable.Range(end, trace.Count - end).Where(step => trace[step].Thread == thread).Select(step => (int?)trace[step].Point).FirstOrDefault() ?? (thread < execution.Places.Length ? execution.Places[thread] : null);
            text.Add(later is { } at ? $"thread {thread + 1} goes to {Place(at)}" : $"thread {thread + 1} to its end");
            i = end;
        }

        return string.Join(", ", text.Count > MostSwitches ? [.. text.Take(MostSwitches), $"and so on ({text.Count} turns)"] : text);
    }

    private string Place(int point) => point >= 0 && point < places.Length ? places[point] : "its next call";

    private static string Part((string Of, string Seen) part) => $"{part.Of}: {part.Seen}";

    private static List<int> Differs(Execution one, Execution other) =>
        [.. Enumerable.Range(0, Math.Max(one.Parts.Count, other.Parts.Count)).Where(i => i < one.Parts.Count && i < other.Parts.Count && one.Parts[i].Seen != other.Parts[i].Seen)];

    private string Made(Making.Recipe recipe)
    {
        try
        {
            return Making.CallCode.Plain(recipe.Shape.Code(recipe));
        }
        catch (Exception reason) when (reason is Making.NotWritableException or Replay.NotReplayableException)
        {
            return "a " + space.Owner.Name;
        }
    }
}
