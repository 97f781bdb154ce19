using System.Reflection;

namespace Airworthy.TrialWorker.Schedules;

/// <summary>Takes the steps of an assembly that was compiled with them (see <see cref="Preparing.PointCode"/>): on scheduled threads they lead to their scheduler, on all others nowhere.</summary>
internal static class Interleaving
{
    /// <summary>The type that holds them.</summary>
    public const string TypeName = "AirworthyTrial.Points";

    /// <summary>Takes them.</summary>
    /// <returns>What stands at each point: <c>Stock.cs:12 writes _left</c>; null when the assembly has none.</returns>
    public static string[]? Take(Assembly assembly)
    {
        if (assembly.GetType(TypeName, throwOnError: false) is not { } type)
        {
            return null;
        }

        Set<Func<bool>>("IsOn", () => ScheduledThread.Current is not null);
        Set<Action<int, bool>>("Step", (point, isYield) => ScheduledThread.Current?.Scheduler.Step(ScheduledThread.Current, point, isYield));
        Set<Action<int, object, bool>>("Use", (point, used, isWrite) => ScheduledThread.Current?.Scheduler.Touch(ScheduledThread.Current, point, used, isWrite));
        Set<Func<int, Func<bool>, int, bool>>("Until", (point, attempt, waiting) => ScheduledThread.Current is not { } me || me.Scheduler.Until(me, point, attempt, (Waiting)waiting));
        return (string[])type.GetField("Places")!.GetValue(null)!;

        void Set<T>(string name, T value) => type.GetField(name)!.SetValue(null, value);
    }
}
