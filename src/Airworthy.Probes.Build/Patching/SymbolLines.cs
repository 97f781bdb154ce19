using Airworthy.Probes.Build.Choosing;
using dnlib.DotNet;
using dnlib.DotNet.Pdb;

namespace Airworthy.Probes.Build.Patching;

/// <summary>Reads from symbols which lines each method has, without reading the method.</summary>
internal sealed class SymbolLines
{
    private readonly Metadata _symbols;
    private readonly Dictionary<uint, PdbDocument> _documents;

    public SymbolLines(Metadata symbols, ModuleDef module)
    {
        _symbols = symbols;
        _documents = module.PdbState.Documents.Where(document => document.MDToken is not null).ToDictionary(document => document.MDToken!.Value.Rid);
    }

    /// <summary>Null when no line of a person's stands behind the method's code.</summary>
    public SourceLines? Of(MethodDef method)
    {
        var table = _symbols[TableSchema.MethodDebugInformation];
        var row = (int)method.Rid;
        if (row > table.Rows || table[row, 1] == 0)
        {
            return null;
        }

        var reader = new ByteReader(_symbols.Blobs.Blob(table[row, 1]));
        _ = reader.Packed();
        var document = table[row, 0] != 0 ? table[row, 0] : reader.Packed();
        // `#line` can spread a body over files; it is told by the one it begins in.
        uint told = 0;
        var (line, first, last) = (-1, int.MaxValue, 0);
        for (var isFirst = true; !reader.IsAtEnd; isFirst = false)
        {
            if (reader.Packed() == 0 && !isFirst)
            {
                document = reader.Packed();
                continue;
            }

            var down = (int)reader.Packed();
            var isHidden = (down == 0 ? reader.Packed() : reader.SkipPacked()) == 0 && down == 0;
            if (isHidden)
            {
                continue;
            }

            if (line < 0)
            {
                line = (int)reader.Packed();
                _ = reader.Packed();
            }
            else
            {
                line += reader.PackedSigned();
                _ = reader.SkipPacked();
            }

            told = told == 0 ? document : told;
            if (document == told)
            {
                (first, last) = (Math.Min(first, line), Math.Max(last, line + down));
            }
        }

        return told != 0 && _documents.TryGetValue(told, out var file) ? new SourceLines(file, first, last) : null;
    }
}
