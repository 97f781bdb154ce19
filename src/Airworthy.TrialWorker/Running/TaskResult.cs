using System.Diagnostics.CodeAnalysis;

namespace Airworthy.TrialWorker.Running;

/// <summary>What a call that gives a task gives in the end.</summary>
internal static class TaskResult
{
    /// <summary>True when <paramref name="result"/> is a task, or holds one as a value task.</summary>
    public static bool IsTask([NotNullWhen(true)] object? result, [NotNullWhen(true)] out Task? task)
    {
        task = result switch
        {
            Task already => already,
            ValueTask value => value.AsTask(),
            { } other when other.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ValueTask<>) => (Task)type.GetMethod("AsTask")!.Invoke(other, null)!,
            _ => null,
        };
        return task is not null;
    }

    /// <summary>What a task gave that ended well; null for one that gives nothing.</summary>
    public static object? Given(Task task) =>
        task.GetType().GetProperty("Result")?.GetValue(task) is { } given && given.GetType().Name != "VoidTaskResult" ? given : null;
}
