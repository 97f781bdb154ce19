using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>
/// The living lines of one revision as an earlier run found them: from here a few more commits are carried on, without the history before. It
/// tells origins, not lifetimes. A line that stood in two places is two lines here.
/// </summary>
internal sealed class KeptTip
{
    /// <summary>Counts up with every change of the form, or of what the lines mean.</summary>
    private const int Version = 1;

    private KeptTip(CommitGraph graph, LineRegister register, ImmutableDictionary<RepoPath, FileLines> files, ImmutableArray<CommitId> ignored) =>
        (Graph, Register, Files, Ignored) = (graph, register, files, ignored);

    /// <summary>The commits that living lines were born in, without their parents, and last the revision itself.</summary>
    public CommitGraph Graph { get; }

    /// <summary>The lines.</summary>
    public LineRegister Register { get; }

    /// <summary>The files.</summary>
    public ImmutableDictionary<RepoPath, FileLines> Files { get; }

    /// <summary>The commits that were looked through.</summary>
    public ImmutableArray<CommitId> Ignored { get; }

    /// <summary>Writes the lines of the last commit of <paramref name="graph"/>.</summary>
    public static byte[] Encode(CommitGraph graph, LineRegister register, IReadOnlyDictionary<RepoPath, FileLines> files, ImmutableArray<CommitId> ignored)
    {
        var commits = new Dictionary<int, int>();
        var paths = new Dictionary<RepoPath, int>();
        using var body = new MemoryStream();
        using (var writer = new BinaryWriter(body, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write7BitEncodedInt(files.Count);
            foreach (var (path, file) in files)
            {
                writer.Write7BitEncodedInt(Number(paths, path));
                WriteFile(writer, file);
            }
        }

        var tip = Number(commits, graph.Count - 1);
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            writer.Write7BitEncodedInt(Version);
            writer.Write7BitEncodedInt(ignored.Length);
            foreach (var commit in ignored)
            {
                writer.Write(commit);
            }

            writer.Write7BitEncodedInt(commits.Count);
            foreach (var place in commits.Keys)
            {
                writer.Write(graph[place]);
            }

            writer.Write7BitEncodedInt(tip);
            writer.Write7BitEncodedInt(paths.Count);
            foreach (var path in paths.Keys)
            {
                writer.Write(path);
            }

            writer.Write(body.GetBuffer().AsSpan(0, (int)body.Length));
        }

        return bytes.ToArray();

        void WriteFile(BinaryWriter writer, FileLines file)
        {
            Span<byte> blob = stackalloc byte[BlobName.Size];
            file.Blob.Write(blob);
            writer.Write(blob);
            writer.Write(file.Runs is not null);
            var parts = register.Parts(file);
            writer.Write7BitEncodedInt(parts.Count);
            foreach (var part in parts)
            {
                writer.Write7BitEncodedInt(Number(commits, part.Birth.Commit));
                writer.Write7BitEncodedInt(Number(paths, part.Birth.Path));
                writer.Write7BitEncodedInt(part.Start);
                writer.Write7BitEncodedInt(part.Count);
            }
        }
    }

    /// <summary>The lines; null when the bytes are of another version or no such lines.</summary>
    public static KeptTip? Decode(ReadOnlyMemory<byte> bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()));
        try
        {
            return reader.Read7BitEncodedInt() == Version ? Decode(reader) : null;
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or GitException)
        {
            return null;
        }
    }

    private static KeptTip Decode(BinaryReader reader)
    {
        var ignored = ImmutableArray.CreateBuilder<CommitId>();
        for (var left = reader.ReadCount(); left > 0; left--)
        {
            ignored.Add(reader.ReadCommit());
        }

        var commits = new CommitId[reader.ReadCount()];
        for (var i = 0; i < commits.Length; i++)
        {
            commits[i] = reader.ReadCommit();
        }

        // The revision stands last, that commits after it may follow.
        var tip = Index(reader, commits.Length);
        (commits[tip], commits[^1]) = (commits[^1], commits[tip]);
        var paths = new RepoPath[reader.ReadCount()];
        for (var i = 0; i < paths.Length; i++)
        {
            paths[i] = reader.ReadPath();
        }

        var register = new LineRegister();
        var files = ImmutableDictionary.CreateBuilder<RepoPath, FileLines>();
        for (var left = reader.ReadCount(); left > 0; left--)
        {
            files[paths[Index(reader, paths.Length)]] = ReadFile(reader, commits.Length, tip, paths, register);
        }

        return new KeptTip(CommitGraph.Of(commits), register, files.ToImmutable(), ignored.ToImmutable());
    }

    private static FileLines ReadFile(BinaryReader reader, int commits, int tip, RepoPath[] paths, LineRegister register)
    {
        Span<byte> bytes = stackalloc byte[BlobName.Size];
        reader.BaseStream.ReadExactly(bytes);
        var blob = BlobName.Read(bytes);
        var isKnown = reader.ReadBoolean();
        var runs = new RunBuilder();
        for (var left = reader.ReadCount(); left > 0; left--)
        {
            var commit = Index(reader, commits);
            commit = commit == tip ? commits - 1 : commit == commits - 1 ? tip : commit;
            var path = paths[Index(reader, paths.Length)];
            var (start, count) = (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
            runs.Add(start >= 0 && count > 0 ? register.Bear(commit, path, start, count) : throw new FormatException("a run is out of range"));
        }

        var file = runs.Drain(blob);
        return isKnown ? file : FileLines.Unknown(blob);
    }

    private static int Number<T>(Dictionary<T, int> numbers, T item)
        where T : notnull
    {
        if (!numbers.TryGetValue(item, out var number))
        {
            number = numbers[item] = numbers.Count;
        }

        return number;
    }

    private static int Index(BinaryReader reader, int count) =>
        reader.Read7BitEncodedInt() is var index && index >= 0 && index < count ? index : throw new FormatException("a number is out of range");
}
