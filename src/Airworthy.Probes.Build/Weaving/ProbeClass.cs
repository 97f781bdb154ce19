using dnlib.DotNet;
using dnlib.DotNet.Emit;

namespace Airworthy.Probes.Build.Weaving;

/// <summary>
/// The classes that are put into an assembly: one holds its module's registration and makes it when the module is loaded, the other the cells of each
/// thread and the few instructions that count. The cells stand apart since a class without static constructor is read without a check.
/// </summary>
internal sealed class ProbeClass
{
    /// <summary>The name by which a woven assembly is known.</summary>
    public const string Name = "<AirworthyProbes>";

    private readonly ModuleDef _module;
    private readonly RuntimeTypes _runtime;
    private readonly TypeDefUser _registration;
    private readonly TypeDefUser _counting;
    private readonly FieldDefUser _registered;
    private readonly FieldDefUser? _wanted;
    private readonly FieldDefUser _ran;
    private readonly FieldDefUser _cells;

    private ProbeClass(ModuleDef module, RuntimeTypes runtime, bool isRecordable)
    {
        (_module, _runtime) = (module, runtime);
        _registration = Class(Name, TypeAttributes.NotPublic);
        module.Types.Add(_registration);
        _counting = Class("Cells", TypeAttributes.NestedAssembly | TypeAttributes.BeforeFieldInit);
        _registration.NestedTypes.Add(_counting);

        _registered = Field(_registration, "Module", runtime.Module, isReadOnly: true);
        _wanted = isRecordable ? Field(_registration, "Wanted", new SZArraySig(module.CorLibTypes.Byte), isReadOnly: true) : null;
        _ran = Field(_registration, "Ran", new SZArraySig(module.CorLibTypes.Byte), isReadOnly: true);
        _cells = Field(_counting, "cells", new SZArraySig(module.CorLibTypes.Int64), isReadOnly: false);
        _cells.CustomAttributes.Add(new CustomAttribute(runtime.ThreadStatic));

        Enter = Add(_counting, "Enter", runtime.Sample, [module.CorLibTypes.Int32], isInlined: true);
        Count = Add(_counting, "Count", module.CorLibTypes.Void, [module.CorLibTypes.Int32], isInlined: true);
        Leave = Add(_counting, "Leave", module.CorLibTypes.Void, [runtime.Sample, module.CorLibTypes.Int32], isInlined: true);
        Failed = Add(_counting, "Failed", module.CorLibTypes.Int32, [runtime.Exception, module.CorLibTypes.Int32, runtime.Sample], isInlined: false);
        Ran = Add(_counting, "Run", module.CorLibTypes.Void, [module.CorLibTypes.Int32], isInlined: true);
    }

    /// <summary>Counts a call of a cell; gives a sample when the call is to be timed.</summary>
    public MethodDef Enter { get; }

    /// <summary>Counts a call of a cell that is never timed.</summary>
    public MethodDef Count { get; }

    /// <summary>Ends the timing of a call that is timed.</summary>
    public MethodDef Leave { get; }

    /// <summary>Counts an exception; gives 0.</summary>
    public MethodDef Failed { get; }

    /// <summary>Marks a statement as run.</summary>
    public MethodDef Ran { get; }

    /// <summary>The flags that tell which methods' calls are to be recorded.</summary>
    public IField Wanted => _wanted ?? throw new InvalidOperationException("the module's calls are not to be recorded");

    public IField Registered => _registered;

    public RecordingMembers Recording => _runtime.Recording;

    public TypeSig Record => _runtime.Recording.Record;

    public TypeSig Sample => _runtime.Sample;

    public ITypeDefOrRef Exception => _runtime.ExceptionType;

    /// <summary>Puts the classes into <paramref name="module"/>, empty yet: see <see cref="Complete"/>.</summary>
    public static ProbeClass AddTo(ModuleDef module, bool isRecordable) => new(module, new RuntimeTypes(module), isRecordable);

    /// <summary>Writes their code, once it is known what the assembly's probes are.</summary>
    public void Complete(byte[] table, int methods, int statements)
    {
        WriteRegistration(table, methods, statements);
        WriteEnter();
        WriteCount();
        WriteLeave();
        WriteFailed();
        WriteRan();
        RegisterWhenLoaded();
    }

    private void WriteRegistration(byte[] table, int methods, int statements)
    {
        var blob = Class("Table", TypeAttributes.NestedAssembly | TypeAttributes.ExplicitLayout);
        blob.BaseType = _runtime.ValueType;
        blob.ClassLayout = new ClassLayoutUser(1, (uint)table.Length);
        _registration.NestedTypes.Add(blob);
        var field = new FieldDefUser("table", new FieldSig(new ValueTypeSig(blob)), FieldAttributes.Static | FieldAttributes.Assembly | FieldAttributes.HasFieldRVA | FieldAttributes.InitOnly)
        {
            InitialValue = table,
        };
        _registration.Fields.Add(field);

        var made = new MethodDefUser(
            ".cctor", MethodSig.CreateStatic(_module.CorLibTypes.Void), MethodImplAttributes.IL,
            MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName | MethodAttributes.HideBySig);
        _registration.Methods.Add(made);
        made.Body = Code(
            maxStack: 5,
            [
                OpCodes.Ldsflda.ToInstruction(field),
                OpCodes.Conv_U.ToInstruction(),
                Instruction.CreateLdcI4(table.Length),
                Instruction.CreateLdcI4(methods),
                Instruction.CreateLdcI4(statements),
                OpCodes.Call.ToInstruction(_runtime.Register),
                OpCodes.Stsfld.ToInstruction(_registered),
                .. Fetch(_runtime.Ran, _ran),
                .. _wanted is null ? [] : Fetch(_runtime.Recording.Wanted, _wanted),
                OpCodes.Ret.ToInstruction(),
            ]);
    }

    /// <summary>Keeps what the registration gives, where the woven code reads it.</summary>
    private Instruction[] Fetch(MemberRef from, FieldDefUser to) =>
        [OpCodes.Ldsfld.ToInstruction(_registered), OpCodes.Callvirt.ToInstruction(from), OpCodes.Stsfld.ToInstruction(to)];

    /// <summary>A method that was never called must be known as one that never ran: the table is told of when the module is loaded.</summary>
    private void RegisterWhenLoaded()
    {
        var load = Add(_registration, "Load", _module.CorLibTypes.Void, [], isInlined: false);
        load.ImplAttributes |= MethodImplAttributes.NoInlining;
        load.Body = Code(maxStack: 1, OpCodes.Ret.ToInstruction());
        var started = _module.GlobalType.FindOrCreateStaticConstructor();
        started.Body.Instructions.Insert(0, OpCodes.Call.ToInstruction(load));
    }

    private void WriteEnter()
    {
        var (slow, none) = (OpCodes.Ldsfld.ToInstruction(_registered), OpCodes.Ldnull.ToInstruction());
        Enter.Body = Code(
            maxStack: 3,
            [
                OpCodes.Ldsfld.ToInstruction(_cells),
                OpCodes.Stloc_0.ToInstruction(),
                OpCodes.Ldloc_0.ToInstruction(),
                OpCodes.Brfalse.ToInstruction(slow),
                .. Add(OpCodes.Ldarg_0.ToInstruction(), OpCodes.Add),
                .. Add(Instruction.CreateLdcI4(CellLayout.Countdown), OpCodes.Sub),
                OpCodes.Ldloc_0.ToInstruction(),
                Instruction.CreateLdcI4(CellLayout.Countdown),
                OpCodes.Ldelem_I8.ToInstruction(),
                OpCodes.Ldc_I4_0.ToInstruction(),
                OpCodes.Conv_I8.ToInstruction(),
                OpCodes.Bgt.ToInstruction(none),
                slow,
                OpCodes.Ldsflda.ToInstruction(_cells),
                OpCodes.Ldarg_0.ToInstruction(),
                OpCodes.Callvirt.ToInstruction(_runtime.Enter),
                OpCodes.Ret.ToInstruction(),
                none,
                OpCodes.Ret.ToInstruction(),
            ]);
        AddCellsLocal(Enter);
    }

    private void WriteCount()
    {
        var slow = OpCodes.Ldsfld.ToInstruction(_registered);
        Count.Body = Code(
            maxStack: 3,
            [
                OpCodes.Ldsfld.ToInstruction(_cells),
                OpCodes.Stloc_0.ToInstruction(),
                OpCodes.Ldloc_0.ToInstruction(),
                OpCodes.Brfalse.ToInstruction(slow),
                .. Add(OpCodes.Ldarg_0.ToInstruction(), OpCodes.Add),
                OpCodes.Ret.ToInstruction(),
                slow,
                OpCodes.Ldsflda.ToInstruction(_cells),
                OpCodes.Ldarg_0.ToInstruction(),
                OpCodes.Callvirt.ToInstruction(_runtime.Enter),
                OpCodes.Pop.ToInstruction(),
                OpCodes.Ret.ToInstruction(),
            ]);
        AddCellsLocal(Count);
    }

    private void WriteLeave()
    {
        var untimed = OpCodes.Ret.ToInstruction();
        Leave.Body = Code(
            maxStack: 3,
            OpCodes.Ldarg_0.ToInstruction(),
            OpCodes.Brfalse.ToInstruction(untimed),
            OpCodes.Ldsfld.ToInstruction(_registered),
            OpCodes.Ldarg_1.ToInstruction(),
            OpCodes.Ldarg_0.ToInstruction(),
            OpCodes.Callvirt.ToInstruction(_runtime.Left),
            untimed);
    }

    private void WriteFailed() =>
        Failed.Body = Code(
            maxStack: 4,
            OpCodes.Ldsfld.ToInstruction(_registered),
            OpCodes.Ldarg_0.ToInstruction(),
            OpCodes.Ldarg_1.ToInstruction(),
            OpCodes.Ldarg_2.ToInstruction(),
            OpCodes.Callvirt.ToInstruction(_runtime.Failed),
            OpCodes.Ret.ToInstruction());

    /// <summary>Read before written: a flag that all threads wrote at each pass would move its cache line between them.</summary>
    private void WriteRan()
    {
        var known = OpCodes.Ret.ToInstruction();
        Ran.Body = Code(
            maxStack: 3,
            OpCodes.Ldsfld.ToInstruction(_ran),
            OpCodes.Ldarg_0.ToInstruction(),
            OpCodes.Ldelem_U1.ToInstruction(),
            OpCodes.Brtrue.ToInstruction(known),
            OpCodes.Ldsfld.ToInstruction(_ran),
            OpCodes.Ldarg_0.ToInstruction(),
            OpCodes.Ldc_I4_1.ToInstruction(),
            OpCodes.Stelem_I1.ToInstruction(),
            known);
    }

    /// <summary>Adds 1 to, or takes 1 from, the cell that <paramref name="index"/> gives, of the cells in the first local.</summary>
    private Instruction[] Add(Instruction index, OpCode operation) =>
    [
        OpCodes.Ldloc_0.ToInstruction(),
        index,
        OpCodes.Ldelema.ToInstruction(_module.CorLibTypes.Int64.TypeDefOrRef),
        OpCodes.Dup.ToInstruction(),
        OpCodes.Ldind_I8.ToInstruction(),
        OpCodes.Ldc_I4_1.ToInstruction(),
        OpCodes.Conv_I8.ToInstruction(),
        operation.ToInstruction(),
        OpCodes.Stind_I8.ToInstruction(),
    ];

    private void AddCellsLocal(MethodDef method) => method.Body.Variables.Add(new Local(_cells.FieldType));

    private TypeDefUser Class(string name, TypeAttributes attributes)
    {
        var made = new TypeDefUser("", name, _module.CorLibTypes.Object.TypeDefOrRef)
        {
            Attributes = attributes | TypeAttributes.Class | TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.AnsiClass,
        };
        made.CustomAttributes.Add(new CustomAttribute(_runtime.CompilerGenerated));
        if (attributes.HasFlag(TypeAttributes.ExplicitLayout))
        {
            made.Attributes &= ~TypeAttributes.Abstract;
        }

        return made;
    }

    private static FieldDefUser Field(TypeDef type, string name, TypeSig of, bool isReadOnly)
    {
        var field = new FieldDefUser(name, new FieldSig(of), FieldAttributes.Assembly | FieldAttributes.Static | (isReadOnly ? FieldAttributes.InitOnly : FieldAttributes.PrivateScope));
        type.Fields.Add(field);
        return field;
    }

    private static MethodDefUser Add(TypeDef type, string name, TypeSig returns, TypeSig[] takes, bool isInlined)
    {
        var method = new MethodDefUser(
            name,
            MethodSig.CreateStatic(returns, takes),
            MethodImplAttributes.IL | (isInlined ? MethodImplAttributes.AggressiveInlining : MethodImplAttributes.IL),
            MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig);
        type.Methods.Add(method);
        return method;
    }

    private static CilBody Code(ushort maxStack, params Instruction[] instructions) =>
        new(initLocals: true, instructions, [], []) { MaxStack = maxStack, KeepOldMaxStack = true };
}
