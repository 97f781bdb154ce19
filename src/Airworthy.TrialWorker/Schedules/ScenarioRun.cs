using System.Globalization;
using System.Text;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Observing;
using Airworthy.TrialWorker.Running;

namespace Airworthy.TrialWorker.Schedules;

/// <summary>Runs scenarios on one side, each time with objects and static state made anew.</summary>
/// <param name="space">What they are made of.</param>
/// <param name="side">The side.</param>
/// <param name="state">Its static state.</param>
/// <param name="patience">How long a thread may go without a step.</param>
internal sealed class ScenarioRun(ScenarioSpace space, Side side, StaticState state, TimeSpan patience)
{
    private const int MostProbes = 6;

    private readonly Scheduler _scheduler = new();

    public Side Side => side;

    /// <summary>True once a thread was lost in code under trial: nothing more can be run.</summary>
    public bool IsStuck => _scheduler.IsStuck;

    /// <summary>Runs one under a schedule; null when its objects or arguments can't be made, or what comes before does not end.</summary>
    public Execution? Run(Scenario scenario, IChooser chooser)
    {
        object?[][] objects;
        List<CallMade> calls = [], before = [];
        try
        {
            state.Reset();
            objects = [.. scenario.Objects.Select(kind => kind.Select(recipe => recipe.Build(side)).ToArray())];
            before.AddRange(scenario.Before.Select(call => Made(0, call, objects)));
            calls.AddRange(scenario.Threads.SelectMany((thread, i) => thread.Select(call => Made(i, call, objects))));
        }
#pragma warning disable CA1031 // What can't be made is no finding, whatever it throws.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }

        if (before.Count > 0 && _scheduler.RunAlone(Body(before)) != ScheduleEnd.Done)
        {
            return null;
        }

        var bodies = Enumerable.Range(0, scenario.Threads.Length).Select(thread => Body(calls.FindAll(call => call.Thread == thread))).ToArray();
        var end = _scheduler.Run(bodies, chooser, patience);
        var execution = new Execution(end, calls, [], _scheduler.Schedule) { Trace = [.. _scheduler.Trace], Places = _scheduler.Places, Use = _scheduler.Use, IsUncontrolled = _scheduler.IsUncontrolled };
        return end switch
        {
            ScheduleEnd.Done => See(execution, objects),
            ScheduleEnd.Stuck => execution,
            // What is left waits, perhaps with a lock in its hands: only what came back can be seen, and of that only what takes none.
            _ => execution with { Parts = [.. calls.Where(call => call.Ended >= 0).Select(call => (CallText(call.Call), Ended(call)))] },
        };
    }

    /// <summary>A call as people read it.</summary>
    public string CallText(ScenarioCall call)
    {
        var member = space.Members[call.Member];
        var arguments = member.Head.GetParameters().Select((parameter, i) => parameter.IsOut ? $"out var {parameter.Name}" : call.Arguments[i] is { } recipe ? Code(recipe) : ObjectName(member.Kinds[i], call.Objects[i])).ToArray();
        return CallCode.Plain(CallCode.Of(member.Head, space.IsStatic ? "" : ObjectName(0, call.Receiver), arguments));
    }

    /// <summary>The name of an object of the scenario.</summary>
    public string ObjectName(int kind, int index)
    {
        var name = space.Kinds[kind].Type.Name.Split('`')[0];
        name = char.ToLowerInvariant(name[0]) + name[1..];
        return space.Count(kind) == 1 ? name : name + (index + 1).ToString(CultureInfo.InvariantCulture);
    }

    private static string Code(Recipe recipe)
    {
        try
        {
            return recipe.Shape.Code(recipe);
        }
        catch (Exception reason) when (reason is NotWritableException or Replay.NotReplayableException)
        {
            return "…";
        }
    }

    private CallMade Made(int thread, ScenarioCall call, object?[][] objects)
    {
        var member = space.Members[call.Member];
        var passed = call.Arguments.Select((recipe, i) => recipe is null ? objects[member.Kinds[i]][call.Objects[i]] : recipe.Build(side));
        return new CallMade(thread, call) { Arguments = [.. space.IsStatic ? Array.Empty<object?>() : [objects[0][call.Receiver]], .. passed] };
    }

    private Action Body(IReadOnlyList<CallMade> calls) => () =>
    {
        var me = ScheduledThread.Current!;
        for (var i = 0; i < calls.Count; i++)
        {
            if (i > 0)
            {
                _scheduler.Step(me, Scheduler.BetweenCalls, isYield: false);
            }

            var call = calls[i];
            call.Begun = _scheduler.Clock;
            try
            {
                call.Result = Settled(me, space.Members[call.Call.Member].Call(side, call.Arguments));
            }
#pragma warning disable CA1031 // What the code under trial throws is its outcome.
            catch (Exception thrown) when (thrown is not AbandonedRunException && !_scheduler.IsAbandoned)
#pragma warning restore CA1031
            {
                call.Thrown = thrown is AggregateException { InnerException: { } inner } ? inner : thrown;
            }

            call.Ended = _scheduler.Clock;
        }
    };

    /// <summary>What a task gives, once it ended.</summary>
    private object? Settled(ScheduledThread me, object? result)
    {
        if (!TaskResult.IsTask(result, out var task))
        {
            return result;
        }

        if (!task.IsCompleted)
        {
            _scheduler.Until(me, me.Point, () => task.IsCompleted, Waiting.ForTask);
        }

        task.GetAwaiter().GetResult();
        return TaskResult.Given(task);
    }

    /// <summary>Looks at what came of it: on a scheduled thread, for what is looked at may take locks that nobody gave back.</summary>
    private Execution See(Execution execution, object?[][] objects)
    {
        var parts = new List<(string, string)>();
        var known = new List<object>();
        var end = _scheduler.RunAlone(Look);
        return execution with { Parts = end == ScheduleEnd.Done ? parts : [.. parts, ("what comes after", "does not come back")] };

        void Look()
        {
            foreach (var call in execution.Calls)
            {
                parts.Add((CallText(call.Call), call.Thrown is { } thrown ? $"throws {thrown.GetType().FullName}" : Seen(call.Result) + Given(call)));
            }

            for (var kind = 0; kind < objects.Length; kind++)
            {
                for (var i = 0; i < objects[kind].Length; i++)
                {
                    parts.Add((ObjectName(kind, i), Plain(objects[kind][i])));
                }
            }

            foreach (var probe in space.Members.Select((member, i) => (Member: member, Index: i)).Where(one => one.Member.IsProbe && (side == Side.Head || one.Member.Base is not null)).Take(MostProbes))
            {
                var call = Made(0, new ScenarioCall(probe.Index, 0, [.. probe.Member.Parameters.Select(shape => shape!.Make(null!, 0))], new int[probe.Member.Parameters.Length]), objects);
                try
                {
                    call.Result = Settled(ScheduledThread.Current!, probe.Member.Call(side, call.Arguments));
                    parts.Add((CallText(call.Call) + " after", Seen(call.Result) + Given(call)));
                }
#pragma warning disable CA1031 // What the code under trial throws is what is seen.
                catch (Exception thrown) when (thrown is not AbandonedRunException && !_scheduler.IsAbandoned)
#pragma warning restore CA1031
                {
                    parts.Add((CallText(call.Call) + " after", $"throws {thrown.GetType().FullName}"));
                }
            }
        }

        // One object given twice is not two that look alike.
        string Seen(object? value)
        {
            if (value is null or string or Delegate or Task || value.GetType() is { IsValueType: true } or { IsClass: true, Namespace: "System" })
            {
                return Plain(value);
            }

            var index = known.FindIndex(one => ReferenceEquals(one, value));
            if (index < 0)
            {
                index = known.Count;
                known.Add(value);
            }

            return Plain(value) + " #" + (index + 1).ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>What a call gave, without looking into objects.</summary>
    public static string Ended(CallMade call) =>
        call.Thrown is { } thrown ? $"throws {thrown.GetType().FullName}" : call.Result is null or string or ValueType ? Plain(call.Result) : call.Result.GetType().Name;

    private string Given(CallMade call)
    {
        var parameters = space.Members[call.Call.Member].Head.GetParameters();
        var offset = call.Arguments.Length - parameters.Length;
        return string.Concat(parameters.Select((parameter, i) => parameter.ParameterType.IsByRef && !parameter.IsIn ? $", {parameter.Name} = {Plain(call.Arguments[i + offset])}" : ""));
    }

    private static string Plain(object? value)
    {
        var text = new StringBuilder();
        new Observer(text).Write(value);
        return text.ToString();
    }
}
