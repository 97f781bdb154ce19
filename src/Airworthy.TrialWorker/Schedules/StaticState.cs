using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Airworthy.TrialWorker.Making;

namespace Airworthy.TrialWorker.Schedules;

/// <summary>
/// Gives the static fields of a type, and of those its fields hold, their first values again, so that runs do not see each other: zeroes them, and runs their
/// initializers once more. Code with steps in it has none that are read-only.
/// </summary>
internal sealed class StaticState
{
    private const int MostTypes = 40;
    private const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly List<(FieldInfo Field, object? Zero)> _fields = [];
    private readonly List<Action> _initializers = [];

    /// <param name="type">The type, on one side.</param>
    public StaticState(Type type)
    {
        var seen = new HashSet<Type>();
        var next = new Queue<Type>([type]);
        while (seen.Count < MostTypes && next.TryDequeue(out var one))
        {
            if (one.HasElementType)
            {
                one = one.GetElementType()!;
            }

            foreach (var argument in one.IsGenericType ? one.GetGenericArguments() : [])
            {
                next.Enqueue(argument);
            }

            if (!TypeSides.IsOwn(one) || one.IsEnum || one.IsInterface || one.ContainsGenericParameters || one.IsDefined(typeof(CompilerGeneratedAttribute)) || !seen.Add(one))
            {
                continue;
            }

            var fields = one.GetFields(All);
            foreach (var other in fields.Select(field => field.FieldType).Concat(one.IsGenericType ? [] : one.GetNestedTypes(All)).Concat(one.BaseType is { } up ? [up] : []))
            {
                next.Enqueue(other);
            }

            Take(one, [.. fields.Where(field => field is { IsStatic: true, IsLiteral: false, IsInitOnly: false } && !field.IsDefined(typeof(ThreadStaticAttribute)))]);
        }
    }

    /// <summary>Does it.</summary>
    public void Reset()
    {
        foreach (var (field, zero) in _fields)
        {
            field.SetValue(null, zero);
        }

        foreach (var initialize in _initializers)
        {
            initialize();
        }
    }

    private void Take(Type type, FieldInfo[] fields)
    {
        if (fields.Length == 0)
        {
            return;
        }

        // By itself, once and for all: what comes after is a call like any other.
        RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        _fields.AddRange(fields.Select(field => (field, field.FieldType.IsValueType ? Activator.CreateInstance(field.FieldType) : null)));
        if (type.TypeInitializer is { } initializer)
        {
            var call = new DynamicMethod("Initialize", typeof(void), [], typeof(StaticState).Module, skipVisibility: true);
            var il = call.GetILGenerator();
            il.Emit(OpCodes.Call, initializer);
            il.Emit(OpCodes.Ret);
            _initializers.Add(call.CreateDelegate<Action>());
        }
    }
}
