using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>Every line that ever lived, by number: where it was born, what took it away, and where it moved.</summary>
internal sealed class LineRegister
{
    private const int Nobody = -1;

    private readonly List<Birth> _births = [];
    private int[] _takenBy = [];
    private int[] _movedTo = [];
    private int[] _mark = [];
    private int _marks;

    /// <summary>Where some lines of consecutive numbers were born.</summary>
    /// <param name="First">The first one's number.</param>
    /// <param name="Commit">The commit's place.</param>
    /// <param name="Path">The file.</param>
    /// <param name="Start">The first one's position in it, from 0.</param>
    public readonly record struct Birth(int First, int Commit, RepoPath Path, int Start);

    /// <summary>Lines of a file that were born together and stand together.</summary>
    /// <param name="Birth">Their birth, or the first of several that follow each other.</param>
    /// <param name="Start">The first one's position in the file of its birth, from 0.</param>
    /// <param name="Count">How many.</param>
    public readonly record struct Part(Birth Birth, int Start, int Count);

    /// <summary>How many lines ever lived.</summary>
    public int Count { get; private set; }

    /// <summary>Every birth, in the order of the numbers.</summary>
    public IReadOnlyList<Birth> Births => _births;

    /// <summary>Numbers lines that a commit adds.</summary>
    /// <exception cref="GitException">More than two thousand million lines ever lived.</exception>
    public BornRun Bear(int commit, RepoPath path, int start, int count)
    {
        if (count > Array.MaxLength - Count)
        {
            throw new GitException(Fault.BadInput, "the history holds more lines than can be counted");
        }

        var first = Count;
        Count += count;
        if (Count > _takenBy.Length)
        {
            var size = (int)Math.Min(Array.MaxLength, Math.Max(Count, _takenBy.Length * 2L));
            Array.Resize(ref _takenBy, size);
            Array.Resize(ref _movedTo, size);
        }

        _takenBy.AsSpan(first, count).Fill(Nobody);
        _movedTo.AsSpan(first, count).Fill(Nobody);
        if (count > 0)
        {
            _births.Add(new Birth(first, commit, path, start));
        }

        return new BornRun(first, count);
    }

    /// <summary>The place among <see cref="Births"/> of the birth of a line.</summary>
    public int BirthOf(int number)
    {
        var (low, high) = (0, _births.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) >>> 1;
            (low, high) = _births[middle].First <= number ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    /// <summary>The number after the last line of a birth.</summary>
    public int EndOf(int birth) => birth + 1 < _births.Count ? _births[birth + 1].First : Count;

    /// <summary>The lines of a file, parted by birth; those that continue each other where they were born are one part.</summary>
    public List<Part> Parts(FileLines file)
    {
        var parts = new List<Part>(file.Runs?.Length ?? 0);
        foreach (var run in file.Runs ?? [])
        {
            var birth = BirthOf(run.First);
            for (var (first, end) = (run.First, run.First + run.Count); first < end; birth++)
            {
                var born = _births[birth];
                var (start, count) = (born.Start + first - born.First, Math.Min(end, EndOf(birth)) - first);
                first += count;
                if (parts.Count > 0 && parts[^1] is var last && last.Birth.Commit == born.Commit && last.Start + last.Count == start && last.Birth.Path == born.Path)
                {
                    parts[^1] = last with { Count = last.Count + count };
                }
                else
                {
                    parts.Add(new Part(born, start, count));
                }
            }
        }

        return parts;
    }

    /// <summary>A commit took lines away. What was told of them before was another branch's tale.</summary>
    public void TakeAway(BornRun run, int commit, bool replaced)
    {
        _takenBy.AsSpan(run.First, run.Count).Fill((commit << 1) | (replaced ? 1 : 0));
        _movedTo.AsSpan(run.First, run.Count).Fill(Nobody);
    }

    /// <summary>A line that was taken away is there after all: its commit is looked through.</summary>
    public void GiveBack(int number) => _takenBy[number] = Nobody;

    /// <summary>A merge lost a line, unless a commit of one of its sides took it away.</summary>
    public void Lose(int number, int merge)
    {
        if (_takenBy[number] == Nobody)
        {
            _takenBy[number] = merge << 1;
        }
    }

    /// <summary>A merge lost lines: those of <paramref name="had"/> that are not among <paramref name="has"/>.</summary>
    public void LoseAllBut(ReadOnlySpan<BornRun> had, ReadOnlySpan<BornRun> has, int merge)
    {
        if (had.IsEmpty)
        {
            return;
        }

        Array.Resize(ref _mark, _takenBy.Length);
        _marks++;
        foreach (var run in has)
        {
            _mark.AsSpan(run.First, run.Count).Fill(_marks);
        }

        foreach (var run in had)
        {
            for (var number = run.First; number < run.First + run.Count; number++)
            {
                if (_mark[number] != _marks)
                {
                    Lose(number, merge);
                }
            }
        }
    }

    /// <summary>A line that a commit took away stands elsewhere in it, under a new number.</summary>
    public void Move(int from, int to) => _movedTo[from] = to;

    /// <summary>The commit's place that took a line away, and whether it put others there; null when none did.</summary>
    public (int Commit, bool Replaced)? TakenBy(int number) =>
        _takenBy[number] == Nobody ? null : (_takenBy[number] >> 1, (_takenBy[number] & 1) == 1);

    /// <summary>The number a line has after its move; null when it did not move.</summary>
    public int? MovedTo(int number) => _movedTo[number] == Nobody ? null : _movedTo[number];
}
