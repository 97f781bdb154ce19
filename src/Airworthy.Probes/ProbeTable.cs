using System.Text;

namespace Airworthy.Probes;

/// <summary>What the weaver wrote down of a module's probes: its revision, and each method's name and place.</summary>
/// <param name="Revision">The commit the assembly was built from; empty when not known.</param>
/// <param name="Methods">The methods, in the order of their cells.</param>
internal sealed record ProbeTable(string Revision, ProbeTable.Method[] Methods)
{
    /// <summary>The form of the bytes. A reader takes its own form only.</summary>
    public const byte Form = 3;

    /// <summary>How a method is counted.</summary>
    public enum Kind : byte
    {
        /// <summary>It runs from its call to its return.</summary>
        Plain,

        /// <summary>It may go on, on another thread, after its call returned.</summary>
        Async,

        /// <summary>It runs in pieces, as it is enumerated.</summary>
        Iterator,
    }

    public static ProbeTable Empty { get; } = new("", []);

    /// <summary>The assembly's simple name.</summary>
    public string Assembly { get; init; } = "";

    /// <summary>Reads the bytes; a form that is not known, or bytes that end early, give an empty table.</summary>
    public static ProbeTable Read(byte[] bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
            if (reader.ReadByte() != Form)
            {
                return Empty;
            }

            var (revision, assembly) = (reader.ReadString(), reader.ReadString());
            var files = new string[reader.Read7BitEncodedInt()];
            for (var i = 0; i < files.Length; i++)
            {
                files[i] = reader.ReadString();
            }

            var methods = new Method[reader.Read7BitEncodedInt()];
            for (var i = 0; i < methods.Length; i++)
            {
                methods[i] = ReadMethod(reader, files);
            }

            return new ProbeTable(revision, methods) { Assembly = assembly };
        }
        catch (Exception damaged) when (damaged is IOException or FormatException or IndexOutOfRangeException or OverflowException)
        {
            return Empty;
        }
    }

    /// <summary>The bytes that <see cref="Read"/> takes.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8))
        {
            writer.Write(Form);
            writer.Write(Revision);
            writer.Write(Assembly);
            var files = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var method in Methods)
            {
                files.TryAdd(method.File, files.Count);
            }

            writer.Write7BitEncodedInt(files.Count);
            foreach (var file in files.OrderBy(file => file.Value))
            {
                writer.Write(file.Key);
            }

            writer.Write7BitEncodedInt(Methods.Length);
            foreach (var method in Methods)
            {
                writer.Write((byte)method.Kind);
                writer.Write(method.Name);
                writer.Write(method.Id);
                writer.Write(method.Part);
                writer.Write7BitEncodedInt(files[method.File]);
                writer.Write7BitEncodedInt(method.Line);
                writer.Write7BitEncodedInt(method.Entries);
                writer.Write7BitEncodedInt(method.Statements.Length);
                var last = 0;
                foreach (var line in method.Statements)
                {
                    writer.Write7BitEncodedInt(line - last);
                    last = line;
                }

                writer.Write7BitEncodedInt(method.Recorded.Length);
                foreach (var recorded in method.Recorded)
                {
                    writer.Write7BitEncodedInt(recorded.Ordinal);
                    writer.Write7BitEncodedInt(recorded.Of);
                    writer.Write7BitEncodedInt(recorded.Parameters.Length);
                    foreach (var parameter in recorded.Parameters)
                    {
                        writer.Write(parameter);
                    }
                }
            }
        }

        return stream.ToArray();
    }

    private static Method ReadMethod(BinaryReader reader, string[] files)
    {
        var kind = (Kind)reader.ReadByte();
        var (name, id, part) = (reader.ReadString(), reader.ReadString(), reader.ReadString());
        var (file, line) = (files[reader.Read7BitEncodedInt()], reader.Read7BitEncodedInt());
        var entries = reader.Read7BitEncodedInt();
        var statements = new int[reader.Read7BitEncodedInt()];
        var last = 0;
        for (var i = 0; i < statements.Length; i++)
        {
            statements[i] = last += reader.Read7BitEncodedInt();
        }

        var recorded = new Recordable[reader.Read7BitEncodedInt()];
        for (var i = 0; i < recorded.Length; i++)
        {
            recorded[i] = ReadRecordable(reader);
        }

        return new Method(kind, name, id, part, file, line, entries, statements) { Recorded = recorded };
    }

    private static Recordable ReadRecordable(BinaryReader reader)
    {
        var (ordinal, of) = (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
        var parameters = new string[reader.Read7BitEncodedInt()];
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = reader.ReadString();
        }

        return new Recordable(parameters, ordinal, of);
    }

    /// <summary>A method that carries a probe.</summary>
    /// <param name="Kind">How it is counted.</param>
    /// <param name="Name">Its full name, without arguments.</param>
    /// <param name="Id">The documentation-comment id of the member a person wrote, which tells overloads apart.</param>
    /// <param name="Part">Empty for the member itself; <c>lambda</c>, or a local function's name, for a part of it.</param>
    /// <param name="File">The file, from the repository's top.</param>
    /// <param name="Line">The first line that runs.</param>
    /// <param name="Entries">Watched statements that every call runs: they need no flag, the count of calls tells.</param>
    /// <param name="Statements">The first line of each statement that has a flag, in their order in the code.</param>
    internal sealed record Method(Kind Kind, string Name, string Id, string Part, string File, int Line, int Entries, int[] Statements)
    {
        /// <summary>What can be recorded of it: itself, or each of the lambdas that begin on its line; nothing of a method whose calls can't be recorded.</summary>
        public Recordable[] Recorded { get; init; } = [];
    }

    /// <summary>What is recorded apart.</summary>
    /// <param name="Parameters">The names of its parameters.</param>
    /// <param name="Ordinal">Which it is of the member's parts of that name, from 1; 0 for a member.</param>
    /// <param name="Of">How many parts of that name the member has.</param>
    internal sealed record Recordable(string[] Parameters, int Ordinal, int Of)
    {
        /// <summary>What stands for a parameter without a name, by which a local function is given what it captures.</summary>
        public const string Captured = "captured";
    }
}
