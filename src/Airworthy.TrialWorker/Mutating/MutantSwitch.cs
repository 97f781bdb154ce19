using System.Reflection;

namespace Airworthy.TrialWorker.Mutating;

/// <summary>The switch of an assembly's mutants: which is awake, and which were asked about.</summary>
internal sealed class MutantSwitch
{
    private readonly Action<int> _wake;
    private readonly bool[] _reached;
    private readonly int[] _touched;

    private MutantSwitch(Type type)
    {
        var active = type.GetField("Active")!;
        // A field's setter by reflection would cost more than most calls.
        var set = new System.Reflection.Emit.DynamicMethod("Wake", null, [typeof(int)], typeof(MutantSwitch).Module, skipVisibility: true);
        var il = set.GetILGenerator();
        il.Emit(System.Reflection.Emit.OpCodes.Ldarg_0);
        il.Emit(System.Reflection.Emit.OpCodes.Stsfld, active);
        il.Emit(System.Reflection.Emit.OpCodes.Ret);
        _wake = set.CreateDelegate<Action<int>>();
        _reached = (bool[])type.GetField("Reached")!.GetValue(null)!;
        _touched = (int[])type.GetField("Touched")!.GetValue(null)!;
    }

    /// <summary>The mutants asked about since the last <see cref="Forget"/>.</summary>
    public ReadOnlySpan<int> Reached => _touched.AsSpan(1, Math.Min(_touched[0], _touched.Length - 1));

    /// <summary>The switch of an assembly.</summary>
    /// <exception cref="InvalidOperationException">It was compiled without.</exception>
    public static MutantSwitch Of(Assembly assembly) =>
        new(assembly.GetType(Schemata.TypeName, throwOnError: false) ?? throw new InvalidOperationException("the assembly has no mutants"));

    /// <summary>Wakes one; 0 puts all to sleep.</summary>
    public void Wake(int mutant) => _wake(mutant);

    public void Forget()
    {
        foreach (var mutant in Reached)
        {
            _reached[mutant] = false;
        }

        _touched[0] = 0;
    }
}
