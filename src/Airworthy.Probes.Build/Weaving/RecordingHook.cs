using Airworthy.Probes.Build.Choosing;
using dnlib.DotNet;
using dnlib.DotNet.Emit;

namespace Airworthy.Probes.Build.Weaving;

/// <summary>
/// Lets a method's calls be recorded. While nobody wants them, a call reads one flag, and each of its statements asks whether there is a record. Arguments
/// are handed over at the very start, before the method can change them.
/// </summary>
internal sealed class RecordingHook
{
    private const string ThisField = "<>4__this";

    private readonly UserMethod _method;
    private readonly MethodDef _written;
    private readonly ProbeClass _probes;
    private readonly ByRefLikeTypes _types;
    private readonly int _cell;
    private readonly int _call;
    private readonly Local? _local;
    private readonly IField? _field;

    private RecordingHook(UserMethod method, ProbeClass probes, int cell, int part, ByRefLikeTypes types, Local? local, IField? field)
    {
        (_method, _written, _probes, _types, _cell) = (method, method.Written, probes, types, cell);
        (_local, _field, _call) = (local, field, cell | (part << CellLayout.CellBits));
    }

    /// <summary>What its recordings are to say of it.</summary>
    public ProbeTable.Recordable Recordable => new([.. Arguments.Select(NameOf)], _method.Ordinal, _method.Of);

    private IEnumerable<Parameter> Arguments => _written.Parameters.Where(parameter => parameter.IsNormalMethodParameter);

    /// <summary>Why a method's calls are not recorded; null when they are.</summary>
    public static string? WhyNot(UserMethod method)
    {
        if (method.Written.IsStaticConstructor)
        {
            return "not recorded: a static constructor takes nothing and runs once";
        }

        if (method.Written.IsInstanceConstructor)
        {
            var type = method.Written.DeclaringType;
            if (type.IsAbstract)
            {
                return "not recorded: a constructor of an abstract class makes no object by itself; those of the classes that derive from it are recorded";
            }

            if (ByRefLikeTypes.IsMarked(type))
            {
                return "not recorded: a ref struct lives on the stack alone";
            }
        }

        return method.Written.MethodSig.IsVarArg || (method.Shape == MethodShape.Plain && PlainProbe.CountsOnly(method.Written) is not null)
            ? "not recorded: it must stay as it is" : null;
    }

    /// <summary>The hook of a method; null for one that can't be called again by itself.</summary>
    public static RecordingHook? For(UserMethod method, ProbeClass probes, int cell, int part, ByRefLikeTypes types)
    {
        if (WhyNot(method) is not null)
        {
            return null;
        }

        if (method.Shape != MethodShape.Plain)
        {
            return new RecordingHook(method, probes, cell, part, types, local: null, MachineProbe.AddField(method, "<>airworthy-record", probes.Record));
        }

        var local = new Local(probes.Record, "");
        method.Body.Body.Variables.Add(local);
        return new RecordingHook(method, probes, cell, part, types, local, field: null);
    }

    /// <summary>Marks a statement as passed by this call.</summary>
    public Instruction[] Pass(int flag) => [.. Load(), Instruction.CreateLdcI4(flag), OpCodes.Call.ToInstruction(_probes.Recording.Pass)];

    /// <summary>The exception on the stack leaves the method; it stays on the stack.</summary>
    public Instruction[] Threw() => [OpCodes.Dup.ToInstruction(), .. Load(), OpCodes.Call.ToInstruction(_probes.Recording.Threw)];

    /// <summary>A machine's first step takes the record that its start handed over.</summary>
    public Instruction[] Take() =>
    [
        OpCodes.Ldarg_0.ToInstruction(),
        Instruction.CreateLdcI4(_call),
        OpCodes.Call.ToInstruction(_probes.Recording.Taken),
        OpCodes.Stfld.ToInstruction(_field!),
    ];

    /// <summary>The call returned what <paramref name="result"/> holds; null when it returns nothing.</summary>
    public Instruction[] Returned(Local? result)
    {
        if (_written.IsInstanceConstructor)
        {
            return Made();
        }

        var unrecorded = OpCodes.Nop.ToInstruction();
        Instruction[] value = result is null ? [OpCodes.Ldnull.ToInstruction()]
            : IsBoxable(result.Type) ? [OpCodes.Ldloc.ToInstruction(result), .. Box(result.Type)]
            : [OpCodes.Ldsfld.ToInstruction(_probes.Recording.Unrecordable)];
        return [.. Load(), OpCodes.Brfalse.ToInstruction(unrecorded), .. value, .. Load(), OpCodes.Call.ToInstruction(_probes.Recording.Returned), unrecorded];
    }

    /// <summary>The constructor returned; the object is what it came to.</summary>
    private Instruction[] Made()
    {
        var unrecorded = OpCodes.Nop.ToInstruction();
        return
        [
            .. Load(), OpCodes.Brfalse.ToInstruction(unrecorded), .. This(), OpCodes.Ldtoken.ToInstruction(Self()), OpCodes.Call.ToInstruction(_probes.Recording.TypeOf),
            .. Load(), OpCodes.Call.ToInstruction(_probes.Recording.Made), unrecorded,
        ];
    }

    /// <summary>The task is given the value on the stack by <paramref name="call"/>, or ends without one.</summary>
    public Instruction[] Returns(Instruction call, IMethod setResult)
    {
        Instruction[] value = [OpCodes.Ldnull.ToInstruction()];
        if (setResult.MethodSig.Params is [var taken])
        {
            var type = taken is GenericVar number && setResult.DeclaringType.ToTypeSig() is GenericInstSig builder ? builder.GenericArguments[(int)number.Number] : taken;
            value = IsBoxable(type) ? [OpCodes.Dup.ToInstruction(), .. Box(type)] : [OpCodes.Ldsfld.ToInstruction(_probes.Recording.Unrecordable)];
        }

        return [.. Load(), OpCodes.Brfalse.ToInstruction(call), .. value, .. Load(), OpCodes.Call.ToInstruction(_probes.Recording.Returned)];
    }

    /// <summary>Begins the record where the call begins. Comes last: nothing of the method, nor its other probes, runs before.</summary>
    public void WeaveStart(BodyEditor editor)
    {
        var unrecorded = OpCodes.Nop.ToInstruction();
        var call = Call(Receiver(), [.. Arguments.Select(Argument)], TypeArguments(_written), unrecorded);
        Instruction[] taken = _local is null
            ? [OpCodes.Callvirt.ToInstruction(_probes.Recording.Hand)]
            : [OpCodes.Callvirt.ToInstruction(_written.IsInstanceConstructor ? _probes.Recording.BeginSteps : _probes.Recording.Begin), OpCodes.Stloc.ToInstruction(_local)];
        editor.InsertAtStart([.. call, .. taken, unrecorded]);
    }

    /// <summary>Begins the record of a machine in the method that starts it.</summary>
    public void WeaveStart()
    {
        _ = _written.CustomDebugInfos.Count;
        var editor = new BodyEditor(_written.Body);
        WeaveStart(editor);
        editor.Deepen(8);
        editor.Done();
    }

    /// <summary>Begins the record of what is enumerated, at its first step: of the method's arguments the machine has kept what it needs.</summary>
    public Instruction[] Begin()
    {
        var unrecorded = OpCodes.Nop.ToInstruction();
        var receiver = _written.IsStatic ? [OpCodes.Ldnull.ToInstruction()] : Kept(ThisField);
        var call = Call(receiver, [.. Arguments.Select(parameter => Kept(parameter.Name))], TypeArguments(_method.Body), unrecorded);
        // The first four instructions ask whether it is wanted.
        return [.. call[..4], OpCodes.Ldarg_0.ToInstruction(), .. call[4..], OpCodes.Callvirt.ToInstruction(_probes.Recording.BeginSteps), OpCodes.Stfld.ToInstruction(_field!), unrecorded];
    }

    /// <summary>A step ends: <paramref name="more"/> tells whether it came to another item.</summary>
    public Instruction[] Stepped(Local more)
    {
        var unrecorded = OpCodes.Nop.ToInstruction();
        return [.. Load(), OpCodes.Brfalse.ToInstruction(unrecorded), OpCodes.Ldloc.ToInstruction(more), .. Item(), unrecorded];
    }

    /// <summary>The same where whether it came to another item stands on the stack, to be handed on by <paramref name="call"/>.</summary>
    public Instruction[] Stepped(Instruction call) => [.. Load(), OpCodes.Brfalse.ToInstruction(call), OpCodes.Dup.ToInstruction(), .. Item()];

    private Instruction[] Item() => [.. Kept("<>2__current"), .. Load(), OpCodes.Call.ToInstruction(_probes.Recording.Stepped)];

    /// <summary>A field of the machine as an object.</summary>
    private Instruction[] Kept(string name)
    {
        if (_method.Body.DeclaringType.Fields.FirstOrDefault(field => field.Name == name) is not { } field)
        {
            return [OpCodes.Ldsfld.ToInstruction(_probes.Recording.Unused)];
        }

        return IsBoxable(field.FieldType)
            ? [OpCodes.Ldarg_0.ToInstruction(), OpCodes.Ldfld.ToInstruction(MachineProbe.Named(_method, field)), .. Box(field.FieldType)]
            : [OpCodes.Ldsfld.ToInstruction(_probes.Recording.Unrecordable)];
    }

    /// <summary>What is handed over when the call is wanted: the module, the cell, the receiver, and the arguments with the types that stand for parameters.</summary>
    private List<Instruction> Call(Instruction[] receiver, Instruction[][] arguments, TypeSig[] types, Instruction unrecorded)
    {
        var code = new List<Instruction>
        {
            OpCodes.Ldsfld.ToInstruction(_probes.Wanted),
            Instruction.CreateLdcI4(_cell - CellLayout.First),
            OpCodes.Ldelem_U1.ToInstruction(),
            OpCodes.Brfalse.ToInstruction(unrecorded),
            OpCodes.Ldsfld.ToInstruction(_probes.Registered),
            Instruction.CreateLdcI4(_call),
        };
        code.AddRange(receiver);
        code.Add(Instruction.CreateLdcI4(arguments.Length + types.Length));
        code.Add(OpCodes.Newarr.ToInstruction(_written.Module.CorLibTypes.Object));
        for (var i = 0; i < arguments.Length + types.Length; i++)
        {
            code.Add(OpCodes.Dup.ToInstruction());
            code.Add(Instruction.CreateLdcI4(i));
            code.AddRange(i < arguments.Length ? arguments[i]
                : [OpCodes.Ldtoken.ToInstruction(types[i - arguments.Length].ToTypeDefOrRef()), OpCodes.Call.ToInstruction(_probes.Recording.TypeOf)]);
            code.Add(OpCodes.Stelem_Ref.ToInstruction());
        }

        return code;
    }

    /// <summary>The parameters of a generic method and of the types around it, in the order in which they are declared.</summary>
    private static TypeSig[] TypeArguments(MethodDef method) =>
    [
        .. method.DeclaringType.GenericParameters.Select(parameter => new GenericVar(parameter.Number)),
        .. method.GenericParameters.Select(parameter => new GenericMVar(parameter.Number)),
    ];

    private Instruction[] Load() => _local is null
        ? [OpCodes.Ldarg_0.ToInstruction(), OpCodes.Ldfld.ToInstruction(_field!)]
        : [OpCodes.Ldloc.ToInstruction(_local)];

    private Instruction[] Receiver()
    {
        // A constructor's object is not there yet; of lambdas that capture nothing there is one object that holds nothing.
        if (_written.IsStatic || _written.IsInstanceConstructor || (_method.Part.Length > 0 && _written.DeclaringType != _method.Member.DeclaringType && !HasState()))
        {
            return [OpCodes.Ldnull.ToInstruction()];
        }

        return _types.Contains(_written.DeclaringType) && _written.DeclaringType.IsValueType ? [OpCodes.Ldsfld.ToInstruction(_probes.Recording.Unrecordable)] : This();
    }

    private bool HasState() => _written.DeclaringType.Fields.Any(field => !field.IsStatic);

    private Instruction[] This() => !_written.DeclaringType.IsValueType
        ? [OpCodes.Ldarg_0.ToInstruction()]
        : [OpCodes.Ldarg_0.ToInstruction(), OpCodes.Ldobj.ToInstruction(Self()), OpCodes.Box.ToInstruction(Self())];

    /// <summary>The type whose member it is, as its own code names it.</summary>
    private ITypeDefOrRef Self()
    {
        var type = _written.DeclaringType;
        ClassOrValueTypeSig self = type.IsValueType ? new ValueTypeSig(type) : new ClassSig(type);
        return type.HasGenericParameters
            ? new GenericInstSig(self, [.. type.GenericParameters.Select(parameter => new GenericVar(parameter.Number))]).ToTypeDefOrRef()
            : type;
    }

    /// <summary>A parameter's name; the compiler hands a local function what it captures by parameters without one.</summary>
    private string NameOf(Parameter parameter) =>
        parameter.Name.Length > 0 || _method.Part.Length == 0 ? parameter.Name : ProbeTable.Recordable.Captured;

    private Instruction[] Argument(Parameter parameter)
    {
        var type = parameter.Type.RemoveModifiers();
        var pointed = type is ByRefSig reference ? reference.Next.RemoveModifiers() : null;
        // What an out parameter points to is nothing yet.
        if (parameter.ParamDef?.IsOut == true || !IsBoxable(pointed ?? type))
        {
            return [OpCodes.Ldsfld.ToInstruction(_probes.Recording.Unrecordable)];
        }

        return pointed is null
            ? [OpCodes.Ldarg.ToInstruction(parameter), .. Box(type)]
            : [OpCodes.Ldarg.ToInstruction(parameter), OpCodes.Ldobj.ToInstruction(pointed.ToTypeDefOrRef()), .. Box(pointed)];
    }

    private bool IsBoxable(TypeSig type) => type.RemoveModifiers() switch
    {
        ByRefSig or PtrSig or FnPtrSig => false,
        GenericSig { GenericParam: var parameter } => parameter is null || !parameter.Flags.HasFlag(ByRefLikeTypes.Allowed),
        GenericInstSig generic => !generic.GenericType.IsValueType || !_types.Contains(generic.GenericType.TypeDefOrRef),
        TypeDefOrRefSig { IsValueType: true } value => !_types.Contains(value.TypeDefOrRef),
        { ElementType: ElementType.TypedByRef } => false,
        _ => true,
    };

    private static Instruction[] Box(TypeSig type) => type.RemoveModifiers() is { } plain && (plain.IsValueType || plain is GenericSig)
        ? [OpCodes.Box.ToInstruction(plain.ToTypeDefOrRef())]
        : [];
}
