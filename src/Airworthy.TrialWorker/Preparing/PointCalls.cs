using Microsoft.CodeAnalysis;

namespace Airworthy.TrialWorker.Preparing;

/// <summary>What the framework offers to threads, and what stands for it under a schedule.</summary>
internal static class PointCalls
{
    /// <summary>Calls that wait, with the method of <see cref="PointCode"/> that waits as the schedule says.</summary>
    private static readonly Dictionary<string, string> s_instead = new(StringComparer.Ordinal)
    {
        ["System.Threading.Monitor.Enter"] = "Enter", ["System.Threading.Monitor.Exit"] = "Exit", ["System.Threading.Monitor.TryEnter"] = "TryEnter", ["System.Threading.Monitor.Wait"] = "Wait",
        ["System.Threading.Monitor.Pulse"] = "Pulse", ["System.Threading.Monitor.PulseAll"] = "PulseAll",
        ["System.Threading.Lock.Enter"] = "Enter", ["System.Threading.Lock.TryEnter"] = "TryEnter", ["System.Threading.Lock.Exit"] = "Exit", ["System.Threading.Lock.EnterScope"] = "EnterScope",
        ["System.Threading.SemaphoreSlim.Wait"] = "Wait", ["System.Threading.SemaphoreSlim.WaitAsync"] = "WaitAsync", ["System.Threading.ManualResetEventSlim.Wait"] = "Wait",
        ["System.Threading.CountdownEvent.Wait"] = "Wait", ["System.Threading.WaitHandle.WaitOne"] = "WaitOne", ["System.Threading.ReaderWriterLockSlim.EnterReadLock"] = "EnterReadLock",
        ["System.Threading.ReaderWriterLockSlim.EnterWriteLock"] = "EnterWriteLock", ["System.Threading.ReaderWriterLockSlim.EnterUpgradeableReadLock"] = "EnterUpgradeableReadLock",
        ["System.Threading.Thread.Sleep"] = "Sleep", ["System.Threading.Thread.Yield"] = "Yield", ["System.Threading.SpinLock.Enter"] = "Enter", ["System.Threading.Thread.SpinWait"] = "SpinWait", ["System.Threading.SpinWait.SpinUntil"] = "SpinUntil",
        ["System.Threading.Tasks.Task.Delay"] = "Delay", ["System.Threading.Tasks.Task.Run"] = "Run",
    };

    /// <summary>Parameters that those methods take; a call with others stays as it is.</summary>
    private static readonly HashSet<string> s_taken = new(StringComparer.Ordinal)
    {
        "object", "bool", "int", "System.TimeSpan", "System.Threading.CancellationToken", "System.Func<bool>", "System.Action", "System.Func<TResult>", "System.Func<System.Threading.Tasks.Task>", "System.Func<System.Threading.Tasks.Task<TResult>>",
    };

    private static readonly HashSet<string> s_writes = new(StringComparer.Ordinal)
    {
        "Add", "AddRange", "AddFirst", "AddLast", "AddBefore", "AddAfter", "Append", "AppendLine", "AppendFormat", "AppendJoin", "Clear", "Dequeue", "Enqueue", "EnqueueRange", "EnqueueDequeue", "DequeueEnqueue", "EnsureCapacity", "ExceptWith", "Insert",
        "InsertRange", "IntersectWith", "Pop", "Push", "Remove", "RemoveAll", "RemoveAt", "RemoveFirst", "RemoveLast", "RemoveRange", "RemoveWhere", "Replace", "Reverse", "Sort", "SymmetricExceptWith", "TrimExcess", "TryAdd", "TryDequeue", "TryPop", "UnionWith",
    };

    private static readonly HashSet<string> s_names = [.. s_instead.Keys.Select(name => name[(name.LastIndexOf('.') + 1)..])];

    /// <summary>Whether a call of a method so named may be one to replace, or one of the kind that several threads agree by.</summary>
    public static bool MayConcern(string name, string? receiver) => s_names.Contains(name) || receiver is "Interlocked" or "Volatile" or "ImmutableInterlocked" or "Thread";

    /// <summary>The method of <see cref="PointCode"/> that stands for a call; null when the call stays.</summary>
    public static string? Instead(IMethodSymbol method)
    {
        var open = method.OriginalDefinition;
        return s_instead.TryGetValue($"{open.ContainingType.ToDisplayString()}.{open.Name}", out var name) && open.Parameters.All(parameter => s_taken.Contains(parameter.Type.ToDisplayString(NullableFlowState.None)))
            && !(name == "Run" && open.Parameters.Length != 1) ? name : null;
    }

    /// <summary>Whether several threads agree by a method: it is one step by itself.</summary>
    public static bool IsAtomic(IMethodSymbol method) => method.ContainingType.ToDisplayString() is "System.Threading.Interlocked" or "System.Threading.Volatile" or "System.Collections.Immutable.ImmutableInterlocked";

    /// <summary>Whether a type's objects are made for several threads at once.</summary>
    public static bool IsConcurrent(ITypeSymbol? type) =>
        type is INamedTypeSymbol { IsReferenceType: true } named && (named.ContainingNamespace.ToDisplayString() == "System.Collections.Concurrent" || named.ContainingNamespace.ToDisplayString() == "System.Threading.Channels");

    /// <summary>Whether a type's objects are expressly not made for two threads at once.</summary>
    public static bool IsUnsafe(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class } named && ((named.ContainingNamespace.ToDisplayString() == "System.Collections.Generic" && !named.Name.EndsWith("Comparer", StringComparison.Ordinal)) || named.ToDisplayString() == "System.Text.StringBuilder");

    /// <summary>Whether a method of such a type changes its object.</summary>
    public static bool Writes(string name) => s_writes.Contains(name);

    /// <summary>Whether a type is a task, or what is awaited like one.</summary>
    public static bool IsTask(ITypeSymbol? type) => type?.OriginalDefinition.ToDisplayString() is
        "System.Threading.Tasks.Task" or "System.Threading.Tasks.Task<TResult>" or "System.Threading.Tasks.ValueTask" or "System.Threading.Tasks.ValueTask<TResult>" or "System.Runtime.CompilerServices.YieldAwaitable";
}
