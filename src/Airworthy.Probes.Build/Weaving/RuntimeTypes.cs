using dnlib.DotNet;

namespace Airworthy.Probes.Build.Weaving;

/// <summary>What woven code refers to outside its assembly: the library at run time, and a few types of .NET.</summary>
internal sealed class RuntimeTypes
{
    private const string Library = "Airworthy.Probes";

    private readonly ModuleDef _module;

    public RuntimeTypes(ModuleDef module)
    {
        _module = module;
        var types = module.CorLibTypes;
        var name = typeof(NoProbeAttribute).Assembly.GetName();
        var library = module.GetAssemblyRefs().FirstOrDefault(known => known.Name == Library)
            ?? module.UpdateRowId(new AssemblyRefUser(Library, name.Version));
        var moduleType = new TypeRefUser(module, Library, nameof(ProbeModule), library);
        Module = new ClassSig(moduleType);
        Sample = new ClassSig(new TypeRefUser(module, Library, nameof(ProbeSample), library));
        ExceptionType = Core("System", "Exception");
        ValueType = Core("System", "ValueType");
        ThreadStatic = Attribute("System", "ThreadStaticAttribute");
        CompilerGenerated = Attribute("System.Runtime.CompilerServices", "CompilerGeneratedAttribute");

        var cells = new ByRefSig(new SZArraySig(types.Int64));
        Register = new MemberRefUser(
            module, nameof(ProbeModule.Register), MethodSig.CreateStatic(Module, new PtrSig(types.Void), types.Int32, types.Int32, types.Int32), moduleType);
        Enter = Member(moduleType, nameof(ProbeModule.Enter), Sample, cells, types.Int32);
        Failed = Member(moduleType, nameof(ProbeModule.Failed), types.Int32, Exception, types.Int32, Sample);
        Left = Member(moduleType, nameof(ProbeModule.Left), types.Void, types.Int32, Sample);
        Recording = new RecordingMembers(module, moduleType, library, Exception);
        Ran = Member(moduleType, "get_" + nameof(ProbeModule.Ran), new SZArraySig(types.Byte));
    }

    /// <summary>What is needed only where calls can be recorded.</summary>
    public RecordingMembers Recording { get; }

    public TypeSig Module { get; }

    public TypeSig Sample { get; }

    public ITypeDefOrRef ExceptionType { get; }

    public TypeSig Exception => ExceptionType.ToTypeSig();

    public ITypeDefOrRef ValueType { get; }

    public MemberRef Register { get; }

    public MemberRef Enter { get; }

    public MemberRef Failed { get; }

    public MemberRef Left { get; }

    public MemberRef Ran { get; }

    public MemberRef ThreadStatic { get; }

    public MemberRef CompilerGenerated { get; }

    private TypeRef Core(string space, string name) => _module.CorLibTypes.GetTypeRef(space, name);

    private MemberRefUser Attribute(string space, string name) =>
        new(_module, ".ctor", MethodSig.CreateInstance(_module.CorLibTypes.Void), Core(space, name));

    private MemberRefUser Member(TypeRefUser type, string name, TypeSig returns, params TypeSig[] takes) =>
        new(_module, name, MethodSig.CreateInstance(returns, takes), type);
}
