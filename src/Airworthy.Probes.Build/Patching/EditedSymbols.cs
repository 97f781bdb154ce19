using System.Security.Cryptography;
using dnlib.DotNet;
using dnlib.DotNet.Pdb;

namespace Airworthy.Probes.Build.Patching;

/// <summary>The symbols of an edited assembly: lines, scopes and steps of edited methods are told anew, all else is as it was.</summary>
internal sealed class EditedSymbols
{
    private const string Identity = "#Pdb";
    private const int IdentitySize = 20;
    private static readonly Guid s_steps = new("54FD2AC5-E925-401A-9C2A-F94F171072F8");
    private static readonly Guid s_hoisted = new("6DA9A61E-F8C7-4874-BE62-68BC5630DF71");

    private readonly Metadata _symbols;
    private readonly RowMap _methods;
    private readonly ILookup<int, int> _infos;
    private readonly Dictionary<int, int> _scopes;
    private readonly HashSet<int> _edited = [];
    private readonly ByteWriter _blob = new();


    /// <param name="symbols">The symbols as they were read.</param>
    /// <param name="methods">Where methods will have moved when all is edited.</param>
    public EditedSymbols(Metadata symbols, RowMap methods)
    {
        (_symbols, _methods) = (symbols, methods);
        _infos = InfosByMethod(symbols[TableSchema.CustomDebugInformation]);
        _scopes = ScopesByMethod(symbols[TableSchema.LocalScope]);
    }

    /// <summary>Tells an edited method anew.</summary>
    /// <param name="method">The method; its instructions know their offsets.</param>
    /// <param name="locals">The row of its locals.</param>
    public void Edit(MethodDef method, int locals)
    {
        var row = (int)method.Rid;
        _edited.Add(row);
        WriteLines(row, method, locals);
        if (_scopes.TryGetValue(row, out var first))
        {
            WriteScopes(first, row, method);
        }

        foreach (var info in _infos[row])
        {
            WriteInfo(info, method);
        }
    }

    /// <summary>Ends the editing: every row follows what moved.</summary>
    /// <param name="inserted">How many methods were put between.</param>
    /// <param name="added">How many were added behind the others.</param>
    public void Complete(int inserted, int added)
    {
        foreach (var info in _infos.Where(of => !_edited.Contains(of.Key)).SelectMany(of => of))
        {
            FollowSteps(info);
        }

        var lines = _symbols[TableSchema.MethodDebugInformation];
        for (var i = 0; i < inserted; i++)
        {
            lines.Insert(_methods.Inserted(i), 0, 0);
        }

        for (var i = 0; i < added; i++)
        {
            lines.Add(0, 0);
        }

        _symbols.Follow(new RowMap([]), _methods);
        _symbols.Sort();
    }

    /// <summary>Writes them; gives the hash by which the assembly knows them, whose first bytes are their identity.</summary>
    /// <param name="symbols">The symbols.</param>
    /// <param name="assembly">The metadata they are of.</param>
    /// <param name="entry">The token of the program's entry; 0 for a library.</param>
    public static (byte[] Bytes, byte[] Hash) Write(Metadata symbols, Metadata assembly, uint entry)
    {
        var head = new ByteWriter();
        head.Zeros(IdentitySize);
        head.Number4(entry);
        ulong referenced = 0;
        foreach (var (number, _) in assembly.Tables)
        {
            referenced |= 1UL << number;
        }

        head.Number8(referenced);
        foreach (var (_, table) in assembly.Tables)
        {
            head.Number4((uint)table.Rows);
        }

        var bytes = symbols.Write((Identity, head.ToArray()), assembly);
        var hash = SHA256.HashData(bytes);
        IdOf(hash).CopyTo(bytes.AsSpan(PlaceOfIdentity(bytes)));
        return (bytes, hash);
    }

    /// <summary>The identity that a hash makes: a GUID of the kind that hashes make, and a stamp.</summary>
    public static byte[] IdOf(byte[] hash)
    {
        var id = hash.AsSpan(0, IdentitySize).ToArray();
        id[7] = (byte)((id[7] & 0x0F) | 0x40);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        id[19] |= 0x80;
        return id;
    }

    private static int PlaceOfIdentity(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes) { At = 12 };
        reader.At = 16 + (int)reader.Number4() + 4;
        // The stream is the first that the compiler writes; its name follows its place and size.
        while (true)
        {
            var place = (int)reader.Number4();
            _ = reader.Number4();
            var start = reader.At;
            while (reader.Byte() != 0)
            {
            }

            if (bytes[start..(reader.At - 1)].SequenceEqual("#Pdb"u8))
            {
                return place;
            }

            reader.At = (reader.At + 3) & ~3;
        }
    }

    private void WriteLines(int row, MethodDef method, int locals)
    {
        var lines = _symbols[TableSchema.MethodDebugInformation];
        PdbDocument? only = null;
        PdbDocument? first = null;
        foreach (var instruction in method.Body.Instructions)
        {
            if (instruction.SequencePoint is { } point)
            {
                only = first is null || ReferenceEquals(only, point.Document) ? point.Document : null;
                first ??= point.Document;
            }
        }

        if (first is null)
        {
            return;
        }

        _blob.Clear();
        _blob.Packed((uint)locals);
        if (only is null)
        {
            _blob.Packed(first.MDToken!.Value.Rid);
        }

        var (document, offset, line, column) = (first, -1, -1, 0);
        foreach (var instruction in method.Body.Instructions)
        {
            if (instruction.SequencePoint is not { } point)
            {
                continue;
            }

            if (!ReferenceEquals(document, point.Document))
            {
                document = point.Document;
                _blob.Packed(0);
                _blob.Packed(document.MDToken!.Value.Rid);
            }

            _blob.Packed(instruction.Offset - (uint)Math.Max(0, offset));
            offset = (int)instruction.Offset;
            if (point.StartLine == Choosing.SourceLines.Hidden)
            {
                _blob.Packed(0);
                _blob.Packed(0);
                continue;
            }

            var down = point.EndLine - point.StartLine;
            _blob.Packed((uint)down);
            if (down == 0)
            {
                _blob.Packed((uint)(point.EndColumn - point.StartColumn));
            }
            else
            {
                _blob.PackedSigned(point.EndColumn - point.StartColumn);
            }

            if (line < 0)
            {
                _blob.Packed((uint)point.StartLine);
                _blob.Packed((uint)point.StartColumn);
            }
            else
            {
                _blob.PackedSigned(point.StartLine - line);
                _blob.PackedSigned(point.StartColumn - column);
            }

            (line, column) = (point.StartLine, point.StartColumn);
        }

        lines[row, 0] = only is null ? 0 : only.MDToken!.Value.Rid;
        lines[row, 1] = _symbols.Blobs.AddBlob(_blob.Written);
    }

    private static Dictionary<int, int> ScopesByMethod(Table table)
    {
        var first = new Dictionary<int, int>();
        for (var row = 1; row <= table.Rows; row++)
        {
            first.TryAdd((int)table[row, 0], row);
        }

        return first;
    }

    private void WriteScopes(int row, int owner, MethodDef method)
    {
        var table = _symbols[TableSchema.LocalScope];
        var instructions = method.Body.Instructions;
        var end = instructions[^1].Offset + (uint)instructions[^1].GetSize();
        Write(method.Body.PdbMethod.Scope);
        if (row <= table.Rows && table[row, 0] == owner)
        {
            throw new InvalidOperationException($"the scopes of {method.FullName} are not one within the other");
        }

        void Write(PdbScope scope)
        {
            table[row, 4] = scope.Start.Offset;
            table[row, 5] = (scope.End?.Offset ?? end) - scope.Start.Offset;
            row++;
            foreach (var inner in scope.Scopes)
            {
                Write(inner);
            }
        }
    }

    private static ILookup<int, int> InfosByMethod(Table table) =>
        Enumerable.Range(1, table.Rows).Where(row => (table[row, 0] & 0x1F) == 0).ToLookup(row => (int)(table[row, 0] >> 5));

    private Guid KindOf(Table table, int row) => new(_symbols.Guids.AsSpan((int)(table[row, 1] - 1) * 16, 16));

    private void WriteInfo(int row, MethodDef method)
    {
        var table = _symbols[TableSchema.CustomDebugInformation];
        var kind = KindOf(table, row);
        _blob.Clear();
        if (kind == s_hoisted && method.CustomDebugInfos.OfType<PdbStateMachineHoistedLocalScopesCustomDebugInfo>().FirstOrDefault() is { } hoisted)
        {
            var instructions = method.Body.Instructions;
            var end = instructions[^1].Offset + (uint)instructions[^1].GetSize();
            foreach (var scope in hoisted.Scopes)
            {
                var start = scope.IsSynthesizedLocal ? 0 : scope.Start.Offset;
                _blob.Number4(start);
                _blob.Number4(scope.IsSynthesizedLocal ? 0 : (scope.End?.Offset ?? end) - start);
            }

            table[row, 2] = _symbols.Blobs.AddBlob(_blob.Written);
        }
        else if (kind == s_steps && method.CustomDebugInfos.OfType<PdbAsyncMethodCustomDebugInfo>().FirstOrDefault() is { } steps)
        {
            _blob.Number4(steps.CatchHandlerInstruction is { } handler ? handler.Offset + 1 : 0);
            foreach (var step in steps.StepInfos)
            {
                _blob.Number4(step.YieldInstruction.Offset);
                _blob.Number4(step.BreakpointInstruction.Offset);
                _blob.Packed((uint)_methods[(int)step.BreakpointMethod.Rid]);
            }

            table[row, 2] = _symbols.Blobs.AddBlob(_blob.Written);
        }
    }

    /// <summary>The steps of a method that was not edited name it by its row, which may have moved.</summary>
    private void FollowSteps(int row)
    {
        var table = _symbols[TableSchema.CustomDebugInformation];
        if (_methods.IsIdentity || KindOf(table, row) != s_steps)
        {
            return;
        }

        _blob.Clear();
        var reader = new ByteReader(_symbols.Blobs.Blob(table[row, 2]));
        _blob.Number4(reader.Number4());
        while (!reader.IsAtEnd)
        {
            _blob.Number4(reader.Number4());
            _blob.Number4(reader.Number4());
            _blob.Packed((uint)_methods[(int)reader.Packed()]);
        }

        table[row, 2] = _symbols.Blobs.AddBlob(_blob.Written);
    }
}
