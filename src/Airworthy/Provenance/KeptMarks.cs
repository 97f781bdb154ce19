using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>
/// What the commits of one tip's history say of who wrote them, as an earlier run weighed it against the heads of pull requests. It holds for a
/// later tip too, as long as no ref with records or heads changed and no commit of a head came into the history; of a repository without records.
/// </summary>
internal sealed class KeptMarks
{
    // More commits than these are read with all the others.
    private const int MostFresh = 1_000;

    private readonly Dictionary<CommitId, KeptMark> _marks;
    private readonly HashSet<CommitId> _ofHeads;

    private KeptMarks(CommitId tip, string stamp, int heads, HashSet<CommitId> ofHeads, Dictionary<CommitId, KeptMark> marks) =>
        (Tip, Stamp, Heads, _ofHeads, _marks) = (tip, stamp, heads, ofHeads, marks);

    /// <summary>The tip they were kept at.</summary>
    public CommitId Tip { get; }

    /// <summary>Tells whether records or heads changed since.</summary>
    public string Stamp { get; }

    /// <summary>How many heads of pull requests were fetched.</summary>
    public int Heads { get; }

    /// <summary>The commits that came into the history since.</summary>
    public ImmutableArray<Commit> Fresh { get; private set; } = [];

    /// <summary>The commits of heads that are not in the history.</summary>
    public IReadOnlyCollection<CommitId> OfHeads => _ofHeads;

    /// <summary>All marks, by commit.</summary>
    public IReadOnlyDictionary<CommitId, KeptMark> All => _marks;

    /// <summary>What is kept of a commit.</summary>
    public bool TryGet(CommitId commit, out KeptMark mark) => _marks.TryGetValue(commit, out mark);

    /// <summary>Reads what is kept for <paramref name="tip"/>; null when nothing is that still holds.</summary>
    public static async Task<KeptMarks?> ReadAsync(GitRepository repository, CommitId tip, Func<Task<string>> stamp, CancellationToken cancel)
    {
        if (repository.Cache?.Marks.Read() is not { } bytes || repository.IsShallow || Decode(bytes, await stamp()) is not { } kept)
        {
            return null;
        }

        if (kept.Tip != tip)
        {
            try
            {
                var fresh = await repository.HistoryAsync($"{kept.Tip.Hex}..{tip.Hex}", cancel).Take(MostFresh + 1).ToListAsync(cancel);
                // A tip that is not behind this one has other heads outside of its history.
                var isBehind = fresh.Exists(commit => commit.Parents.Contains(kept.Tip));
                if (!isBehind || fresh.Count > MostFresh || fresh.Exists(commit => kept._ofHeads.Contains(commit.Id)))
                {
                    return null;
                }

                kept.Fresh = [.. fresh];
            }
            catch (GitException)
            {
                // Its tip is gone.
                return null;
            }
        }

        return kept;
    }

    /// <summary>Writes marks for a later run.</summary>
    public static byte[] Encode(
        CommitId tip, string stamp, int heads, IReadOnlyCollection<CommitId> ofHeads, IReadOnlyCollection<KeyValuePair<CommitId, KeptMark>> marks)
    {
        var signals = marks.SelectMany(mark => mark.Value.Signals).Distinct().ToList();
        var numbers = signals.Index().ToDictionary(signal => signal.Item, signal => signal.Index);
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            writer.Write(Program().ToByteArray());
            writer.Write(stamp);
            writer.Write(tip);
            writer.Write7BitEncodedInt(heads);
            writer.Write7BitEncodedInt(ofHeads.Count);
            foreach (var commit in ofHeads)
            {
                writer.Write(commit);
            }

            writer.Write7BitEncodedInt(signals.Count);
            foreach (var signal in signals)
            {
                Write(writer, signal);
            }

            writer.Write7BitEncodedInt(marks.Count);
            foreach (var (commit, mark) in marks)
            {
                writer.Write(commit);
                writer.Write7BitEncodedInt64(mark.CommittedAt.ToUnixTimeSeconds());
                writer.Write7BitEncodedInt(mark.Signals.Length);
                foreach (var signal in mark.Signals)
                {
                    writer.Write7BitEncodedInt(numbers[signal]);
                }
            }
        }

        return bytes.ToArray();
    }

    private static KeptMarks? Decode(ReadOnlyMemory<byte> bytes, string stamp)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()));
        try
        {
            // Another build may read the same commits otherwise.
            return new Guid(reader.ReadBytes(16)) == Program() && string.Equals(reader.ReadString(), stamp, StringComparison.Ordinal) ? Decode(reader, stamp) : null;
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static KeptMarks Decode(BinaryReader reader, string stamp)
    {
        var tip = reader.ReadCommit();
        var heads = reader.Read7BitEncodedInt();
        var ofHeads = new HashSet<CommitId>();
        for (var left = reader.ReadCount(); left > 0; left--)
        {
            ofHeads.Add(reader.ReadCommit());
        }

        var signals = new Signal[reader.ReadCount()];
        for (var i = 0; i < signals.Length; i++)
        {
            signals[i] = ReadSignal(reader);
        }

        var count = reader.ReadCount();
        var marks = new Dictionary<CommitId, KeptMark>(count);
        for (; count > 0; count--)
        {
            var commit = reader.ReadCommit();
            var at = DateTimeOffset.FromUnixTimeSeconds(reader.Read7BitEncodedInt64());
            var own = ImmutableArray.CreateBuilder<Signal>();
            for (var left = reader.ReadCount(); left > 0; left--)
            {
                own.Add(reader.Read7BitEncodedInt() is var number && number >= 0 && number < signals.Length ? signals[number] : throw new FormatException("a number is out of range"));
            }

            marks[commit] = new KeptMark(at, own.ToImmutable());
        }

        return new KeptMarks(tip, stamp, heads, ofHeads, marks);
    }

    private static void Write(BinaryWriter writer, Signal signal)
    {
        writer.Write(signal.Kind);
        writer.Write(signal.Source);
        writer.Write((byte)signal.Strength);
        writer.Write(signal.Value);
        writer.Write(signal.Agent is not null);
        if (signal.Agent is { } agent)
        {
            writer.Write(agent.Name);
            WriteOrNull(writer, agent.Model);
            WriteOrNull(writer, agent.Session);
        }
    }

    private static Signal ReadSignal(BinaryReader reader) => new(
        reader.ReadString(),
        reader.ReadString(),
        (SignalStrength)reader.ReadByte(),
        reader.ReadString(),
        reader.ReadBoolean() ? new Agent(reader.ReadString(), ReadOrNull(reader), ReadOrNull(reader)) : null);

    private static void WriteOrNull(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
        {
            writer.Write(text);
        }
    }

    private static string? ReadOrNull(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;

    private static Guid Program() => typeof(KeptMarks).Module.ModuleVersionId;
}
