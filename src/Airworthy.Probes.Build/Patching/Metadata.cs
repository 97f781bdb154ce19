using System.Text;

namespace Airworthy.Probes.Build.Patching;

/// <summary>
/// The metadata of an assembly or of portable symbols, as tables whose rows can be changed and heaps that can grow (ECMA-335 II.24). What is not
/// touched is written as it was read.
/// </summary>
internal sealed class Metadata
{
    private const uint Magic = 0x424A5342;
    private const int TypeSystemTables = 0x2D;

    /// <summary>By which a parameter of a generic type or method is known among what attributes belong to.</summary>
    private const int GenericParamTag = 19;

    /// <summary>Constants, attributes, marshalling, security, imports of native methods, constraints and symbols' extras: each by its owner's column.</summary>
    private static readonly (int Table, int Column)[] s_sorted =
        [(0x0B, 1), (TableSchema.CustomAttribute, 0), (0x0D, 0), (0x0E, 1), (0x1C, 1), (TableSchema.GenericParamConstraint, 0), (TableSchema.CustomDebugInformation, 0)];

    private readonly byte[] _head;
    private readonly List<(string Name, byte[] Bytes)> _streams = [];
    private readonly Table?[] _tables = new Table?[TableSchema.Count];
    private readonly byte[] _tablesHead;
    private readonly ulong _sorted;

    /// <summary>Reads it.</summary>
    /// <exception cref="IOException">It is damaged, or of a form that compilers don't write.</exception>
    public Metadata(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        if (reader.Number4() != Magic)
        {
            throw new IOException("the metadata does not begin as metadata does");
        }

        reader.At = 12;
        reader.At = 16 + (int)reader.Number4();
        _head = bytes[..reader.At].ToArray();
        _ = reader.Number2();
        var count = reader.Number2();
        for (var i = 0; i < count; i++)
        {
            var (offset, size) = ((int)reader.Number4(), (int)reader.Number4());
            var name = new StringBuilder();
            for (var letter = reader.Byte(); letter != 0; letter = reader.Byte())
            {
                name.Append((char)letter);
            }

            reader.At = (reader.At + 3) & ~3;
            _streams.Add((name.ToString(), bytes.Slice(offset, size).ToArray()));
        }

        Strings = new Heap(Stream("#Strings"));
        Blobs = new Heap(Stream("#Blob"));
        Guids = Stream("#GUID").ToArray();
        UserStrings = new Heap(Stream("#US"));
        var tables = new ByteReader(Stream("#~"));
        if (tables.IsAtEnd)
        {
            throw new IOException("the metadata has no compressed tables");
        }

        _tablesHead = tables.Bytes(6).ToArray();
        var heaps = HeapWidths.Read(tables.Byte());
        _ = tables.Byte();
        var present = tables.Number8();
        _sorted = tables.Number8();
        var rows = new int[TableSchema.Count];
        ReadReferencedRows(rows);
        for (var table = 0; table < 64; table++)
        {
            if ((present >> table & 1) != 0)
            {
                _tables[table] = new Table(TableSchema.Of(table));
                rows[table] = (int)tables.Number4();
            }
        }

        for (var i = 0; i < TableSchema.Count; i++)
        {
            if (_tables[i] is { } table)
            {
                ReadRows(table, rows[i], heaps, rows, ref tables);
            }
        }
    }

    /// <summary>True when the bytes are metadata: symbols of the old Windows format are not.</summary>
    public static bool IsMetadata(ReadOnlySpan<byte> bytes) => bytes.Length > 16 && new ByteReader(bytes).Number4() == Magic;

    public Heap Strings { get; }

    public Heap Blobs { get; }

    public Heap UserStrings { get; }

    /// <summary>16 bytes each, numbered from 1.</summary>
    public byte[] Guids { get; }

    /// <summary>A table; made when there is none.</summary>
    public Table this[int table] => _tables[table] ??= new Table(TableSchema.Of(table));

    /// <summary>The tables that have rows.</summary>
    public IEnumerable<(int Number, Table Table)> Tables
    {
        get
        {
            for (var i = 0; i < TableSchema.Count; i++)
            {
                if (_tables[i] is { Rows: > 0 } table)
                {
                    yield return (i, table);
                }
            }
        }
    }

    /// <summary>Gives an assembly another identity.</summary>
    public void Identify(Guid id) => id.TryWriteBytes(Guids.AsSpan((int)(this[0][1, 2] - 1) * 16));

    private ReadOnlySpan<byte> Stream(string name)
    {
        foreach (var stream in _streams)
        {
            if (stream.Name == name)
            {
                return stream.Bytes;
            }
        }

        return [];
    }

    /// <summary>Follows rows that moved: every column that names a field or a method.</summary>
    public void Follow(RowMap fields, RowMap methods)
    {
        if (fields.IsIdentity && methods.IsIdentity)
        {
            return;
        }

        foreach (var (_, table) in Tables)
        {
            for (var column = 0; column < table.Columns.Length; column++)
            {
                var kind = table.Columns[column];
                if (Array.IndexOf(kind.Tables, (byte)TableSchema.Field) < 0 && Array.IndexOf(kind.Tables, (byte)TableSchema.Method) < 0)
                {
                    continue;
                }

                var mask = (1 << kind.TagBits) - 1;
                for (var row = 1; row <= table.Rows; row++)
                {
                    ref var cell = ref table[row, column];
                    var tag = (int)cell & mask;
                    var to = (int)(cell >> kind.TagBits);
                    to = kind.Tables[tag] switch { TableSchema.Field => fields[to], TableSchema.Method => methods[to], _ => to };
                    cell = TableSchema.Coded(to, kind.TagBits, tag);
                }
            }
        }
    }

    /// <summary>
    /// Orders the tables that are searched by what their rows belong to, once rows moved or were added. Parameters of generic methods are named by others,
    /// which follow.
    /// </summary>
    public void Sort()
    {
        if (this[TableSchema.GenericParam].SortBy(2) is { } parameters)
        {
            var (constraints, attributes) = (this[TableSchema.GenericParamConstraint], this[TableSchema.CustomAttribute]);
            for (var row = 1; row <= constraints.Rows; row++)
            {
                constraints[row, 0] = (uint)parameters[constraints[row, 0]];
            }

            for (var row = 1; row <= attributes.Rows; row++)
            {
                if ((attributes[row, 0] & 0x1F) == GenericParamTag)
                {
                    attributes[row, 0] = TableSchema.Coded(parameters[attributes[row, 0] >> 5], 5, GenericParamTag);
                }
            }
        }

        foreach (var (table, column) in s_sorted)
        {
            _ = this[table].SortBy(column);
        }
    }

    /// <summary>Writes it.</summary>
    /// <param name="replaced">A stream that is written otherwise than it was read, beside the heaps and tables; null for none.</param>
    /// <param name="referenced">Of symbols: the metadata they are of; null for an assembly.</param>
    public byte[] Write((string Name, byte[] Bytes)? replaced = null, Metadata? referenced = null)
    {
        var parts = new List<(string Name, byte[] Bytes)>();
        foreach (var (name, bytes) in _streams)
        {
            parts.Add((name, name switch
            {
                "#Strings" => Strings.Bytes.ToArray(),
                "#Blob" => Blobs.Bytes.ToArray(),
                "#GUID" => Guids,
                "#US" => UserStrings.Bytes.ToArray(),
                "#~" => WriteTables(referenced),
                _ => replaced?.Name == name ? replaced.Value.Bytes : bytes,
            }));
        }

        var written = new ByteWriter(parts.Sum(part => part.Bytes.Length + 32) + _head.Length);
        written.Bytes(_head);
        written.Number2(0);
        written.Number2((uint)parts.Count);
        var offset = written.Length + parts.Sum(part => 8 + ((part.Name.Length + 4) & ~3));
        foreach (var (name, bytes) in parts)
        {
            var size = (bytes.Length + 3) & ~3;
            written.Number4((uint)offset);
            written.Number4((uint)size);
            written.Bytes(Encoding.ASCII.GetBytes(name));
            written.Zeros(((name.Length + 4) & ~3) - name.Length);
            offset += size;
        }

        foreach (var (_, bytes) in parts)
        {
            written.Bytes(bytes);
            written.Align(4);
        }

        return written.ToArray();
    }

    private byte[] WriteTables(Metadata? referenced)
    {
        var heaps = new HeapWidths(WidthOf(Strings.Length), WidthOf(Guids.Length / 16), WidthOf(Blobs.Length));
        var rows = new int[TableSchema.Count];
        ulong present = 0;
        foreach (var (number, table) in Tables)
        {
            rows[number] = table.Rows;
            present |= 1UL << number;
        }

        var written = new ByteWriter(Tables.Sum(table => table.Table.Rows * table.Table.Columns.Length * 4) + 256);
        written.Bytes(_tablesHead);
        written.Byte(heaps.Flags);
        written.Byte(1);
        written.Number8(present);
        written.Number8(_sorted);
        foreach (var (_, table) in Tables)
        {
            written.Number4((uint)table.Rows);
        }

        foreach (var (number, table) in referenced?.Tables ?? [])
        {
            rows[number] = table.Rows;
        }

        foreach (var (_, table) in Tables)
        {
            var widths = Array.ConvertAll(table.Columns, column => column.Width(heaps, rows));
            for (var row = 1; row <= table.Rows; row++)
            {
                for (var column = 0; column < widths.Length; column++)
                {
                    if (widths[column] == 2)
                    {
                        written.Number2(table[row, column]);
                    }
                    else
                    {
                        written.Number4(table[row, column]);
                    }
                }
            }
        }

        written.Align(4);
        return written.ToArray();
    }

    private static int WidthOf(int length) => length < 0x1_0000 ? 2 : 4;

    /// <summary>Symbols tell how many rows the tables have that they name rows of.</summary>
    private void ReadReferencedRows(int[] rows)
    {
        var symbols = Stream("#Pdb");
        if (symbols.IsEmpty)
        {
            return;
        }

        var reader = new ByteReader(symbols) { At = 24 };
        var referenced = reader.Number8();
        for (var table = 0; table < TypeSystemTables; table++)
        {
            rows[table] = (referenced >> table & 1) != 0 ? (int)reader.Number4() : 0;
        }
    }

    private static void ReadRows(Table table, int count, HeapWidths heaps, int[] rows, ref ByteReader reader)
    {
        table.Reserve(count);
        var widths = Array.ConvertAll(table.Columns, column => column.Width(heaps, rows));
        for (var row = 1; row <= count; row++)
        {
            for (var column = 0; column < widths.Length; column++)
            {
                table[row, column] = widths[column] == 2 ? reader.Number2() : reader.Number4();
            }
        }
    }
}
