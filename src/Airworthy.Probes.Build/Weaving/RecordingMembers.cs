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
        Hand = new MemberRefUser(module, nameof(ProbeModule.Hand), MethodSig.CreateInstance(types.Void, types.Int32, types.Object, arguments), moduleType);
        Taken = new MemberRefUser(module, nameof(CallRecord.Taken), MethodSig.CreateStatic(Record, types.Int32), record);
        Pass = new MemberRefUser(module, nameof(CallRecord.Pass), MethodSig.CreateStatic(types.Void, Record, types.Int32), record);
        Returned = new MemberRefUser(module, nameof(CallRecord.Returned), MethodSig.CreateStatic(types.Void, types.Object, Record), record);
        Threw = new MemberRefUser(module, nameof(CallRecord.Threw), MethodSig.CreateStatic(types.Void, exception, Record), record);
        Unrecordable = new MemberRefUser(module, nameof(CallRecord.Unrecordable), new FieldSig(types.Object), record);
    }

    public TypeSig Record { get; }

    /// <summary>The flags of a module's methods.</summary>
    public MemberRef Wanted { get; }

    public MemberRef Begin { get; }

    public MemberRef Hand { get; }

    public MemberRef Taken { get; }

    public MemberRef Pass { get; }

    public MemberRef Returned { get; }

    public MemberRef Threw { get; }

    public MemberRef Unrecordable { get; }
}
