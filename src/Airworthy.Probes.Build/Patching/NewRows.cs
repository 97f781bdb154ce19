using System.Text;
using dnlib.DotNet;
using dnlib.DotNet.Writer;

namespace Airworthy.Probes.Build.Patching;

/// <summary>
/// Tells the token of whatever woven code names: where the assembly had it already its own, else that of a row that is added. Fields and methods that are
/// put in get their row at the end, and are named by a promise until then.
/// </summary>
internal sealed class NewRows(Metadata metadata) : ITokenProvider, ISignatureWriterHelper
{
    private readonly Dictionary<object, int> _rows = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<object, int> _promises = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(uint, uint, uint), int> _typeRefs = [];
    private readonly Dictionary<(uint, uint, uint), int> _memberRefs = [];
    private readonly Dictionary<(int, uint), int> _byBlob = [];
    private Dictionary<string, uint>? _userStrings;

    /// <summary>The fields and methods that were named and are new, in the order of their promised rows.</summary>
    public List<FieldDef> Fields { get; } = [];

    /// <summary>As <see cref="Fields"/>.</summary>
    public List<MethodDef> Methods { get; } = [];

    /// <summary>Tells which row a new type is declared in.</summary>
    public void Declare(TypeDef type, int row) => _rows.Add(type, row);

    public MDToken GetToken(object o) => o is string text ? new MDToken(0x7000_0000 | UserString(text)) : Find(o);

    public MDToken GetToken(IList<TypeSig> locals, uint origToken) =>
        locals.Count == 0 ? new MDToken(0) : new MDToken(dnlib.DotNet.MD.Table.StandAloneSig, (uint)ByBlob(TableSchema.StandAloneSig, new LocalSig(locals)));

    public uint ToEncodedToken(ITypeDefOrRef typeDefOrRef) => (uint)Row(typeDefOrRef) << 2 | (uint)(typeDefOrRef switch { TypeDef => 0, TypeRef => 1, _ => 2 });

    /// <summary>The place of a signature in the heap of blobs.</summary>
    public uint Signature(CallingConventionSig signature) => metadata.Blobs.AddShared(SignatureWriter.Write(this, signature));

    /// <summary>The row of a constructor as an attribute names it.</summary>
    public uint AttributeType(ICustomAttributeType constructor) => TableSchema.Coded(Row((MemberRef)constructor), 3, 3);

    void IWriterError.Error(string message) => throw new InvalidOperationException(message);

    private MDToken Find(object o) => o switch
    {
        FieldDef field => new MDToken(dnlib.DotNet.MD.Table.Field, Row(field)),
        MethodDef method => new MDToken(dnlib.DotNet.MD.Table.Method, Row(method)),
        TypeDef type => new MDToken(dnlib.DotNet.MD.Table.TypeDef, Row(type)),
        TypeRef type => new MDToken(dnlib.DotNet.MD.Table.TypeRef, Row(type)),
        TypeSpec type => new MDToken(dnlib.DotNet.MD.Table.TypeSpec, Row(type)),
        MemberRef member => new MDToken(dnlib.DotNet.MD.Table.MemberRef, Row(member)),
        MethodSpec method => new MDToken(dnlib.DotNet.MD.Table.MethodSpec, Row(method)),
        MethodSig { OriginalToken: not 0 } signature => new MDToken(signature.OriginalToken),
        MethodSig signature => new MDToken(dnlib.DotNet.MD.Table.StandAloneSig, ByBlob(TableSchema.StandAloneSig, signature)),
        _ => throw new InvalidOperationException($"woven code names a {o.GetType().Name}, which has no token"),
    };

    private int Row(object named) => named is IMDTokenProviderMD read ? (int)read.OrigRid : named switch
    {
        FieldDef field => Promise(Fields, field),
        MethodDef method => Promise(Methods, method),
        _ when _rows.TryGetValue(named, out var row) => row,
        _ => _rows[named] = Added(named),
    };

    private int Added(object named) => named switch
    {
        TypeRef type => TypeRefRow(type),
        TypeSpec type => ByBlob(TableSchema.TypeSpec, metadata.Blobs.AddShared(SignatureWriter.Write(this, type.TypeSig))),
        MemberRef member => MemberRefRow(member),
        MethodSpec method => MethodSpecRow(method),
        AssemblyRef assembly => AssemblyRefRow(assembly),
        _ => throw new InvalidOperationException($"woven code names a {named.GetType().Name} that is not declared"),
    };

    private int Promise<T>(List<T> promised, T named)
        where T : notnull
    {
        if (!_promises.TryGetValue(named, out var row))
        {
            _promises[named] = row = RowMap.Promised + promised.Count;
            promised.Add(named);
        }

        return row;
    }

    private int TypeRefRow(TypeRef type)
    {
        var scope = type.ResolutionScope switch
        {
            AssemblyRef assembly => TableSchema.Coded(Row(assembly), 2, 2),
            TypeRef outer => TableSchema.Coded(Row(outer), 2, 3),
            var other => throw new InvalidOperationException($"woven code names a type of {other}, which it never does"),
        };
        var (name, space) = (metadata.Strings.AddName(type.Name), metadata.Strings.AddName(type.Namespace));
        return Once(_typeRefs, (scope, name, space), TableSchema.TypeRef);
    }

    private int MemberRefRow(MemberRef member)
    {
        var parent = member.Class switch
        {
            TypeDef type => TableSchema.Coded(Row(type), 3, 0),
            TypeRef type => TableSchema.Coded(Row(type), 3, 1),
            TypeSpec type => TableSchema.Coded(Row(type), 3, 4),
            var other => throw new InvalidOperationException($"woven code names a member of {other}, which it never does"),
        };
        return Once(_memberRefs, (parent, metadata.Strings.AddName(member.Name), Signature(member.Signature)), TableSchema.MemberRef);
    }

    private int MethodSpecRow(MethodSpec method)
    {
        var of = method.Method is MethodDef own ? TableSchema.Coded(Row(own), 1, 0) : TableSchema.Coded(Row(method.Method), 1, 1);
        return metadata[TableSchema.MethodSpec].Add(of, Signature(method.Instantiation));
    }

    private int AssemblyRefRow(AssemblyRef assembly) => metadata[TableSchema.AssemblyRef].Add(
        (uint)assembly.Version.Major, (uint)assembly.Version.Minor, (uint)assembly.Version.Build, (uint)assembly.Version.Revision, 0, 0,
        metadata.Strings.AddName(assembly.Name), 0, 0);

    private int Once(Dictionary<(uint, uint, uint), int> rows, (uint One, uint Two, uint Three) values, int table)
    {
        if (!rows.TryGetValue(values, out var row))
        {
            rows[values] = row = metadata[table].Add(values.One, values.Two, values.Three);
        }

        return row;
    }

    private int ByBlob(int table, CallingConventionSig signature) => ByBlob(table, Signature(signature));

    private int ByBlob(int table, uint blob)
    {
        if (!_byBlob.TryGetValue((table, blob), out var row))
        {
            _byBlob[(table, blob)] = row = metadata[table].Add(blob);
        }

        return row;
    }

    /// <summary>The weaver adds no texts: each is where the compiler put it.</summary>
    private uint UserString(string text)
    {
        if (_userStrings is null)
        {
            _userStrings = new Dictionary<string, uint>(StringComparer.Ordinal);
            var reader = new ByteReader(metadata.UserStrings.Bytes) { At = 1 };
            while (!reader.IsAtEnd)
            {
                var place = (uint)reader.At;
                var bytes = reader.Bytes((int)reader.Packed());
                if (bytes.Length > 0)
                {
                    _userStrings.TryAdd(Encoding.Unicode.GetString(bytes[..^1]), place);
                }
            }
        }

        return _userStrings[text];
    }
}
