using System.Diagnostics;
using Airworthy.Trials.Running;
using Airworthy.TrialWorker.Making;

namespace Airworthy.TrialWorker.Running;

/// <summary>What a trial of one unit runs by: time, chance, the journal, and where to tell what is found before all is.</summary>
/// <param name="job">The job.</param>
/// <param name="index">The unit, by its index in the plan.</param>
/// <param name="time">How long it may take.</param>
/// <param name="journal">Where inputs are written before they run.</param>
/// <param name="tell">Told what is known so far.</param>
/// <param name="counters">The counters of the sides, base first; empty when the code has none.</param>
/// <param name="types">Which types a generic unit is tried with, from 0.</param>
internal sealed class UnitTrial(RunJob job, int index, TimeSpan time, CallJournal journal, Action<UnitResult> tell, IReadOnlyList<EdgeCounters> counters, byte types = 0) : IDisposable
{
    private readonly long _begun = Stopwatch.GetTimestamp();
    private long _drawn;
    private readonly BinaryWriter _writer = new(new UnmanagedRoom(journal));

    public RunJob Job => job;

    public CallJournal Journal => journal;

    /// <summary>The counters of the sides, base first; empty when the code has none.</summary>
    public IReadOnlyList<EdgeCounters> Counters => counters;

    /// <summary>What the unit's inputs ran of what changed.</summary>
    public ChangeSearch Change()
    {
        var unit = job.Plan.Units[index];
        return new ChangeSearch(counters is [var before, var after] ? [(before, unit.BaseMarks), (after, unit.HeadMarks)] : []);
    }

    /// <summary>Whether another input may be drawn: asked once before each.</summary>
    public bool MayDraw() => _drawn++ < job.MostInputs && Stopwatch.GetElapsedTime(_begun) < time;

    public void Tell(UnitResult result) => tell(result);

    public void Dispose() => _writer.Dispose();

    /// <summary>How inputs of the unit are chosen: those that production recorded first.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="stream">Which of its streams of chance, below 10.</param>
    /// <param name="counted">The counters of what runs.</param>
    /// <param name="change">What ran what changed; null when nobody asks.</param>
    public InputSearch Search(UnderTrial unit, int stream, IReadOnlyList<EdgeCounters> counted, ChangeSearch? change = null)
    {
        var chance = Chance(stream);
        return new InputSearch(unit.Shape, chance, counted, unit.Recorded(chance), change);
    }

    /// <param name="stream">Which of the unit's, below 10.</param>
    public Chance Chance(int stream) => new(job.Seed + (ulong)((index * 1000) + (job.Endings.GetValueOrDefault(index) * 10) + stream), job.Plan.Units[index].Pool);

    /// <summary>Writes an input to the journal before it runs.</summary>
    public void Begin(Recipe recipe)
    {
        _writer.BaseStream.Position = 0;
        try
        {
            _writer.Write(types);
            RecipeCodec.Write(_writer, recipe);
            journal.Begin(index, (int)_writer.BaseStream.Position);
        }
        catch (NotSupportedException)
        {
            // Longer than the journal: it runs, and can't be run again.
            journal.Begin(index, 0);
        }
    }

    /// <summary>The bytes of a recipe as text.</summary>
    public static string Token(Recipe recipe)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        RecipeCodec.Write(writer, recipe);
        return Convert.ToBase64String(bytes.ToArray());
    }

    /// <summary>The journal's room as a stream.</summary>
    private sealed class UnmanagedRoom(CallJournal journal) : Stream
    {
        private int _position;

        public override bool CanRead => false;

        public override bool CanSeek => true;

        public override bool CanWrite => true;

        public override long Length => CallJournal.MostInput;

        public override long Position
        {
            get => _position;
            set => _position = (int)value;
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (_position + buffer.Length > CallJournal.MostInput)
            {
                throw new NotSupportedException();
            }

            buffer.CopyTo(journal.Room[_position..]);
            _position += buffer.Length;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void WriteByte(byte value) => Write([value]);

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
