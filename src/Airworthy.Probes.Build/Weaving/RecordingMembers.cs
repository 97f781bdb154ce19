using dnlib.DotNet;

namespace Airworthy.Probes.Build.Weaving;

/// <summary>What woven code refers to when its calls can be recorded.</summary>
internal sealed class RecordingMembers
{
    public RecordingMembers(ModuleDef module, TypeRef moduleType, IResolutionScope library, TypeSig exception)
    {
        var types = module.CorLibTypes;
        var record = new TypeRefUser(module, nameof(Airworthy) + "." + nameof(Probes), nameof(CallRecord), library);
        Record = new ClassSig(record);
        var arguments = new SZArraySig(types.Object);
        Wanted = new MemberRefUser(module, "get_" + nameof(ProbeModule.Wanted), MethodSig.CreateInstance(new SZArraySig(types.Byte)), moduleType);
        Begin = new MemberRefUser(module, nameof(ProbeModule.Begin), MethodSig.CreateInstance(Record, types.Int32, types.Object, arguments), moduleType);
        BeginSteps = new MemberRefUser(module, nameof(ProbeModule.BeginSteps), MethodSig.CreateInstance(Record, types.Int32, types.Object, arguments), moduleType);
        Hand = new MemberRefUser(module, nameof(ProbeModule.Hand), MethodSig.CreateInstance(types.Void, types.Int32, types.Object, arguments), moduleType);
        Taken = new MemberRefUser(module, nameof(CallRecord.Taken), MethodSig.CreateStatic(Record, types.Int32), record);
        Pass = new MemberRefUser(module, nameof(CallRecord.Pass), MethodSig.CreateStatic(types.Void, Record, types.Int32), record);
        Stepped = new MemberRefUser(module, nameof(CallRecord.Stepped), MethodSig.CreateStatic(types.Void, types.Boolean, types.Object, Record), record);
        Unused = new MemberRefUser(module, nameof(CallRecord.Unused), new FieldSig(types.Object), record);
        var type = types.GetTypeRef("System", "Type");
        TypeOf = new MemberRefUser(
            module, nameof(Type.GetTypeFromHandle), MethodSig.CreateStatic(new ClassSig(type), new ValueTypeSig(types.GetTypeRef("System", "RuntimeTypeHandle"))), type);
        Returned = new MemberRefUser(module, nameof(CallRecord.Returned), MethodSig.CreateStatic(types.Void, types.Object, Record), record);
        Made = new MemberRefUser(module, nameof(CallRecord.Made), MethodSig.CreateStatic(types.Void, types.Object, new ClassSig(type), Record), record);
        Threw = new MemberRefUser(module, nameof(CallRecord.Threw), MethodSig.CreateStatic(types.Void, exception, Record), record);
        Unrecordable = new MemberRefUser(module, nameof(CallRecord.Unrecordable), new FieldSig(types.Object), record);
    }

    public TypeSig Record { get; }

    /// <summary>The flags of a module's methods.</summary>
    public MemberRef Wanted { get; }

    public MemberRef Begin { get; }

    /// <summary>As <see cref="Begin"/>, of what is enumerated.</summary>
    public MemberRef BeginSteps { get; }

    public MemberRef Hand { get; }

    public MemberRef Taken { get; }

    public MemberRef Pass { get; }

    public MemberRef Returned { get; }

    /// <summary>A constructor returned.</summary>
    public MemberRef Made { get; }

    public MemberRef Threw { get; }

    public MemberRef Unrecordable { get; }

    /// <summary>Stands for an argument that a machine does not keep, as nothing in it asks for it.</summary>
    public MemberRef Unused { get; }

    /// <summary>A step of what is enumerated came to its end.</summary>
    public MemberRef Stepped { get; }

    /// <summary>Makes a type of the token of one.</summary>
    public MemberRef TypeOf { get; }
}
