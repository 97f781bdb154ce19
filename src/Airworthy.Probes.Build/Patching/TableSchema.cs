namespace Airworthy.Probes.Build.Patching;

/// <summary>The columns of every metadata table: ECMA-335 II.22, and the tables of portable symbols.</summary>
internal static class TableSchema
{
    /// <summary>A tag that stands for no table.</summary>
    public const byte None = 0xFF;

    public const int Count = 0x38;
    public const int TypeRef = 0x01;
    public const int TypeDef = 0x02;
    public const int Field = 0x04;
    public const int Method = 0x06;
    public const int Param = 0x08;
    public const int MemberRef = 0x0A;
    public const int CustomAttribute = 0x0C;
    public const int ClassLayout = 0x0F;
    public const int StandAloneSig = 0x11;
    public const int TypeSpec = 0x1B;
    public const int FieldRva = 0x1D;
    public const int AssemblyRef = 0x23;
    public const int ManifestResource = 0x28;
    public const int NestedClass = 0x29;
    public const int GenericParam = 0x2A;
    public const int MethodSpec = 0x2B;
    public const int GenericParamConstraint = 0x2C;
    public const int Document = 0x30;
    public const int MethodDebugInformation = 0x31;
    public const int LocalScope = 0x32;
    public const int CustomDebugInformation = 0x37;

    private static readonly Column s_2 = new(ColumnKind.Number2, 0, []);
    private static readonly Column s_4 = new(ColumnKind.Number4, 0, []);
    private static readonly Column s_name = new(ColumnKind.Strings, 0, []);
    private static readonly Column s_guid = new(ColumnKind.Guids, 0, []);
    private static readonly Column s_blob = new(ColumnKind.Blobs, 0, []);
    private static readonly Column s_typeDefOrRef = OneOf(2, TypeDef, TypeRef, TypeSpec);
    private static readonly Column s_hasConstant = OneOf(2, Field, Param, 0x17);
    private static readonly Column s_hasAttribute = OneOf(
        5, Method, Field, TypeRef, TypeDef, Param, 0x09, MemberRef, 0x00, 0x0E, 0x17, 0x14, StandAloneSig, 0x1A, TypeSpec, 0x20, AssemblyRef, 0x26, 0x27, ManifestResource, GenericParam, GenericParamConstraint, MethodSpec);

    private static readonly Column s_hasMarshal = OneOf(1, Field, Param);
    private static readonly Column s_hasSecurity = OneOf(2, TypeDef, Method, 0x20);
    private static readonly Column s_memberParent = OneOf(3, TypeDef, TypeRef, 0x1A, Method, TypeSpec);
    private static readonly Column s_hasSemantics = OneOf(1, 0x14, 0x17);
    private static readonly Column s_methodDefOrRef = OneOf(1, Method, MemberRef);
    private static readonly Column s_forwarded = OneOf(1, Field, Method);
    private static readonly Column s_implementation = OneOf(2, 0x26, AssemblyRef, 0x27);
    private static readonly Column s_attributeType = OneOf(3, None, None, Method, MemberRef, None);
    private static readonly Column s_scope = OneOf(2, 0x00, 0x1A, AssemblyRef, TypeRef);
    private static readonly Column s_typeOrMethod = OneOf(1, TypeDef, Method);
    private static readonly Column s_hasDebugInformation = OneOf(
        5, Method, Field, TypeRef, TypeDef, Param, 0x09, MemberRef, 0x00, 0x0E, 0x17, 0x14, StandAloneSig, 0x1A, TypeSpec, 0x20, AssemblyRef, 0x26, 0x27, ManifestResource, GenericParam, GenericParamConstraint,
        MethodSpec, Document, LocalScope, 0x33, 0x34, 0x35);

    private static readonly Column[]?[] s_tables = All();

    /// <summary>The columns of a table.</summary>
    /// <exception cref="IOException">There is no such table.</exception>
    public static Column[] Of(int table) => s_tables[table] ?? throw new IOException($"the metadata has a table {table:X2}, which is not known");

    /// <summary>A value of a coded column.</summary>
    public static uint Coded(int row, int tagBits, int tag) => (uint)((row << tagBits) | tag);

    private static Column OneOf(int bits, params byte[] tables) => new(ColumnKind.Rows, bits, tables);

    private static Column Row(byte table) => new(ColumnKind.Rows, 0, [table]);

    private static Column[]?[] All()
    {
        var tables = new Column[]?[Count];
        tables[0x00] = [s_2, s_name, s_guid, s_guid, s_guid];
        tables[TypeRef] = [s_scope, s_name, s_name];
        tables[TypeDef] = [s_4, s_name, s_name, s_typeDefOrRef, Row(Field), Row(Method)];
        tables[0x03] = [Row(Field)];
        tables[Field] = [s_2, s_name, s_blob];
        tables[0x05] = [Row(Method)];
        tables[Method] = [s_4, s_2, s_2, s_name, s_blob, Row(Param)];
        tables[0x07] = [Row(Param)];
        tables[Param] = [s_2, s_2, s_name];
        tables[0x09] = [Row(TypeDef), s_typeDefOrRef];
        tables[MemberRef] = [s_memberParent, s_name, s_blob];
        tables[0x0B] = [s_2, s_hasConstant, s_blob];
        tables[CustomAttribute] = [s_hasAttribute, s_attributeType, s_blob];
        tables[0x0D] = [s_hasMarshal, s_blob];
        tables[0x0E] = [s_2, s_hasSecurity, s_blob];
        tables[ClassLayout] = [s_2, s_4, Row(TypeDef)];
        tables[0x10] = [s_4, Row(Field)];
        tables[StandAloneSig] = [s_blob];
        tables[0x12] = [Row(TypeDef), Row(0x14)];
        tables[0x13] = [Row(0x14)];
        tables[0x14] = [s_2, s_name, s_typeDefOrRef];
        tables[0x15] = [Row(TypeDef), Row(0x17)];
        tables[0x16] = [Row(0x17)];
        tables[0x17] = [s_2, s_name, s_blob];
        tables[0x18] = [s_2, Row(Method), s_hasSemantics];
        tables[0x19] = [Row(TypeDef), s_methodDefOrRef, s_methodDefOrRef];
        tables[0x1A] = [s_name];
        tables[TypeSpec] = [s_blob];
        tables[0x1C] = [s_2, s_forwarded, s_name, Row(0x1A)];
        tables[FieldRva] = [s_4, Row(Field)];
        tables[0x20] = [s_4, s_2, s_2, s_2, s_2, s_4, s_blob, s_name, s_name];
        tables[0x21] = [s_4];
        tables[0x22] = [s_4, s_4, s_4];
        tables[AssemblyRef] = [s_2, s_2, s_2, s_2, s_4, s_blob, s_name, s_name, s_blob];
        tables[0x24] = [s_4, Row(AssemblyRef)];
        tables[0x25] = [s_4, s_4, s_4, Row(AssemblyRef)];
        tables[0x26] = [s_4, s_name, s_blob];
        tables[0x27] = [s_4, s_4, s_name, s_name, s_implementation];
        tables[ManifestResource] = [s_4, s_4, s_name, s_implementation];
        tables[NestedClass] = [Row(TypeDef), Row(TypeDef)];
        tables[GenericParam] = [s_2, s_2, s_typeOrMethod, s_name];
        tables[MethodSpec] = [s_methodDefOrRef, s_blob];
        tables[GenericParamConstraint] = [Row(GenericParam), s_typeDefOrRef];
        tables[Document] = [s_blob, s_guid, s_blob, s_guid];
        tables[MethodDebugInformation] = [Row(Document), s_blob];
        tables[LocalScope] = [Row(Method), Row(0x35), Row(0x33), Row(0x34), s_4, s_4];
        tables[0x33] = [s_2, s_2, s_name];
        tables[0x34] = [s_name, s_blob];
        tables[0x35] = [Row(0x35), s_blob];
        tables[0x36] = [Row(Method), Row(Method)];
        tables[CustomDebugInformation] = [s_hasDebugInformation, s_guid, s_blob];
        return tables;
    }
}
