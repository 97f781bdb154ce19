using dnlib.DotNet;
using dnlib.DotNet.Writer;

namespace Airworthy.Probes.Build.Patching;

/// <summary>
/// An assembly whose edited methods are encoded anew, with the types that are put in. All else is copied, row by row and body by body: to hold a whole
/// assembly as objects costs as much as compiling it did, so each method is one while it is edited, and bytes before and after.
/// </summary>
internal sealed class EditedModule
{
    private readonly ModuleDefMD _module;
    private readonly Metadata _metadata;
    private readonly EditedSymbols _symbols;
    private readonly NewRows _rows;
    private readonly Dictionary<int, byte[]> _edited = [];
    private readonly List<(int Table, int Row)> _placed = [];
    private readonly bool _hasStarter;
    private readonly int _compiled;
    private RowMap _fields = new([]);
    private RowMap _methods;

    /// <summary>Begins to edit.</summary>
    /// <param name="module">The module, before anything is put in.</param>
    /// <param name="metadata">Its metadata.</param>
    /// <param name="symbols">Its symbols.</param>
    public EditedModule(ModuleDefMD module, Metadata metadata, Metadata symbols)
    {
        (_module, _metadata) = (module, metadata);
        _hasStarter = module.GlobalType.FindStaticConstructor() is not null;
        _methods = new RowMap(_hasStarter ? [] : [EndOf(1, 5, TableSchema.Method)]);
        _compiled = metadata[TableSchema.Method].Rows;
        _symbols = new EditedSymbols(symbols, _methods);
        _rows = new NewRows(metadata);
    }

    /// <summary>The bodies of all methods.</summary>
    public ByteWriter Code { get; } = new(1 << 16);

    /// <summary>What fields begin with.</summary>
    public ByteWriter Data { get; } = new();

    /// <summary>Keeps what a method has become, and forgets the method's objects.</summary>
    public void Encode(MethodDef method)
    {
        // A generic machine names its own fields as another type's, so that they are not met in its code.
        foreach (var field in method.Name == "MoveNext" ? method.DeclaringType.Fields.Where(IsNew) : [])
        {
            _ = _rows.GetToken(field);
        }

        var (body, locals) = Encoded(method);
        _edited[(int)method.Rid] = body;
        _symbols.Edit(method, locals);
        method.FreeMethodBody();
    }

    /// <summary>Ends the editing: declares what was put in, and gives everything its place.</summary>
    /// <param name="image">The file it was read from.</param>
    public void Complete(RawImage image)
    {
        var made = _module.Types.Where(IsNew).SelectMany(type => type.NestedTypes.Prepend(type)).ToList();
        var starter = _module.GlobalType.FindStaticConstructor();
        var put = made.SelectMany(type => type.Methods).ToList();
        var data = InitialData();
        made.ForEach(type => _rows.Declare(type, _metadata[TableSchema.TypeDef].Add((uint)type.Attributes, 0, 0, 0, 0, 0)));
        made.ForEach(Describe);
        _ = _rows.GetToken(starter);
        if (_hasStarter)
        {
            Encode(starter);
        }

        // What names new fields and methods does so by promises: all is encoded before a row moves.
        var bodies = put.Concat(_hasStarter ? [] : [starter]).Select(method => (Method: method, Encoded(method).Body)).ToList();
        var signatures = _rows.Fields.ToDictionary(field => field, field => _rows.Signature(field.FieldSig));
        var machines = _rows.Fields.Where(field => !IsNew(field.DeclaringType)).OrderBy(field => field.DeclaringType.Rid).ToList();
        Move(machines, made, starter, signatures);
        _symbols.Complete(_hasStarter ? 0 : 1, put.Count);

        CopyBodies(image);
        foreach (var (method, body) in bodies)
        {
            RawBody.Follow(body, _fields, _methods);
            Place(RowOf(method), body);
        }

        for (var i = 0; i < data.Count; i++)
        {
            PlaceData(i + 1, data[i]);
        }

        foreach (var field in made.SelectMany(type => type.Fields).Where(field => field.HasFieldRVA))
        {
            PlaceData(_metadata[TableSchema.FieldRva].Add(0, (uint)_fields[(int)_rows.GetToken(field).Rid]), field.InitialValue);
        }
    }

    /// <summary>A token of the module as it is now.</summary>
    public int Follow(int token) => token >> 24 == TableSchema.Method ? (token & ~0xFF_FFFF) | _methods[token & 0xFF_FFFF] : token;

    /// <summary>Writes the metadata, once it is known where the code and the data come to lie.</summary>
    public byte[] Write(int codeAddress, int dataAddress)
    {
        foreach (var (table, row) in _placed)
        {
            ref var address = ref _metadata[table][row, 0];
            address = (uint)((int)address + (table == TableSchema.Method ? codeAddress : dataAddress));
        }

        return _metadata.Write();
    }

    private static bool IsNew(object declared) => declared is not IMDTokenProviderMD;

    /// <summary>The row behind the last field or method of a type, as rows are numbered before the edits.</summary>
    private int EndOf(int type, int column, int table)
    {
        var types = _metadata[TableSchema.TypeDef];
        return type < types.Rows && types[type + 1, column] is not 0 and var next ? (int)next : _metadata[table].Rows + 1;
    }

    private int RowOf(MethodDef method) => _methods[(int)_rows.GetToken(method).Rid];

    /// <summary>Makes room for new fields and methods, and lets all rows and promises follow.</summary>
    private void Move(List<FieldDef> machines, List<TypeDef> made, MethodDef starter, Dictionary<FieldDef, uint> signatures)
    {
        var (types, fields, methods) = (_metadata[TableSchema.TypeDef], _metadata[TableSchema.Field], _metadata[TableSchema.Method]);
        var moved = new RowMap([.. machines.Select(field => EndOf((int)field.DeclaringType.Rid, 4, TableSchema.Field))]);
        var rows = new Dictionary<object, int>(ReferenceEqualityComparer.Instance);
        _metadata.Follow(moved, _methods);
        for (var i = 0; i < machines.Count; i++)
        {
            fields.Insert(rows[machines[i]] = moved.Inserted(i), Described(machines[i], signatures[machines[i]]));
        }

        if (!_hasStarter)
        {
            // The first type's methods begin at the first, also where one is put before all others.
            types[1, 5] = 1;
            var row = rows[starter] = _methods.Inserted(0);
            methods.Insert(row, Described(starter, row <= methods.Rows ? methods[row, 5] : (uint)_metadata[TableSchema.Param].Rows + 1));
        }

        foreach (var type in made)
        {
            var row = (int)_rows.GetToken(type).Rid;
            (types[row, 4], types[row, 5]) = ((uint)fields.Rows + 1, (uint)methods.Rows + 1);
            foreach (var field in type.Fields)
            {
                rows[field] = fields.Add(Described(field, signatures[field]));
                Attributes(field, TableSchema.Coded(rows[field], 5, 1));
            }

            foreach (var method in type.Methods)
            {
                rows[method] = methods.Add(Described(method, (uint)_metadata[TableSchema.Param].Rows + 1));
            }
        }

        _fields = new RowMap(moved.Rows, [.. _rows.Fields.Select(field => rows[field])]);
        _methods = new RowMap(_methods.Rows, [.. _rows.Methods.Select(method => rows[method])]);
        _metadata.Sort();
    }

    private void Describe(TypeDef type)
    {
        var row = (int)_rows.GetToken(type).Rid;
        var extends = _rows.ToEncodedToken(type.BaseType);
        var types = _metadata[TableSchema.TypeDef];
        (types[row, 1], types[row, 2], types[row, 3]) = (_metadata.Strings.AddName(type.Name), _metadata.Strings.AddName(type.Namespace), extends);
        if (type.DeclaringType is { } outer)
        {
            _metadata[TableSchema.NestedClass].Add((uint)row, _rows.GetToken(outer).Rid);
        }

        if (type.ClassLayout is { } layout)
        {
            _metadata[TableSchema.ClassLayout].Add(layout.PackingSize, layout.ClassSize, (uint)row);
        }

        Attributes(type, TableSchema.Coded(row, 5, 3));
        foreach (var field in type.Fields)
        {
            _ = _rows.GetToken(field);
        }

        foreach (var method in type.Methods)
        {
            _ = _rows.GetToken(method);
        }
    }

    private uint[] Described(FieldDef field, uint signature) => [(uint)field.Attributes, _metadata.Strings.AddName(field.Name), signature];

    private uint[] Described(MethodDef method, uint parameters) =>
        [0, (uint)method.ImplAttributes, (uint)method.Attributes, _metadata.Strings.AddName(method.Name), _rows.Signature(method.MethodSig), parameters];

    /// <summary>The attributes that the weaver gives take no arguments.</summary>
    private void Attributes(IHasCustomAttribute owner, uint parent)
    {
        foreach (var attribute in owner.CustomAttributes)
        {
            _metadata[TableSchema.CustomAttribute].Add(parent, _rows.AttributeType(attribute.Constructor), _metadata.Blobs.AddShared([1, 0, 0, 0]));
        }
    }

    private void CopyBodies(RawImage image)
    {
        // The compiler lets small methods of one text share a body.
        var shared = new Dictionary<uint, uint>();
        var methods = _metadata[TableSchema.Method];
        for (var old = 1; old <= _compiled; old++)
        {
            var row = _methods[old];
            var address = methods[row, 0];
            if (_edited.TryGetValue(old, out var body))
            {
                RawBody.Follow(body, _fields, _methods);
                Place(row, body);
            }
            else if (address != 0 && shared.TryGetValue(address, out var place))
            {
                methods[row, 0] = place;
                _placed.Add((TableSchema.Method, row));
            }
            else if (address != 0)
            {
                var copy = RawBody.Copy(image.From((int)address));
                RawBody.Follow(copy, _fields, _methods);
                Place(row, copy);
                shared.Add(address, methods[row, 0]);
            }
        }
    }

    private (byte[] Body, int Locals) Encoded(MethodDef method)
    {
        method.Body.UpdateInstructionOffsets();
        var writer = new MethodBodyWriter(_rows, method.Body, keepMaxStack: true);
        writer.Write();
        return (writer.GetFullMethodBody(), (int)(writer.LocalVarSigTok & 0xFF_FFFF));
    }

    private void Place(int row, byte[] body)
    {
        if (!RawBody.IsTiny(body))
        {
            Code.Align(4);
        }

        _metadata[TableSchema.Method][row, 0] = (uint)Code.Length;
        _placed.Add((TableSchema.Method, row));
        Code.Bytes(body);
    }

    /// <summary>What fields begin with, in the order of their table.</summary>
    private List<byte[]> InitialData()
    {
        var table = _metadata[TableSchema.FieldRva];
        return [.. Enumerable.Range(1, table.Rows).Select(row => _module.ResolveField(table[row, 1]).InitialValue ?? throw new IOException("the size of a field's initial data is not known"))];
    }

    private void PlaceData(int row, byte[] data)
    {
        Data.Align(8);
        _metadata[TableSchema.FieldRva][row, 0] = (uint)Data.Length;
        _placed.Add((TableSchema.FieldRva, row));
        Data.Bytes(data);
    }
}
