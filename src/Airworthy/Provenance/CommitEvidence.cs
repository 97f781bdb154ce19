using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance.Records;

namespace Airworthy.Provenance;

/// <summary>All that is known of one commit: its own signals and what records say of it and of its lines.</summary>
internal sealed class CommitEvidence
{
    private readonly ImmutableArray<Signal> _own;
    private readonly Authorship _unattested;

    /// <summary>Evidence whose records are taken at their word.</summary>
    public CommitEvidence(ImmutableArray<Signal> own, ImmutableArray<CommitRecord> records)
        : this(own, records, records)
    {
    }

    private CommitEvidence(ImmutableArray<Signal> own, ImmutableArray<CommitRecord> records, ImmutableArray<CommitRecord> credited)
    {
        _own = own = Weighed(own, records);
        Records = records;
        Credited = credited;
        _unattested = AuthorshipRule.OfCommit([.. own, .. records.SelectMany(record => record.Signals)]);
        Whole = records.IsEmpty
            ? _unattested
            : AuthorshipRule.OfCommit([.. own, .. credited.SelectMany(record => record.OfWhole().Take(SignalLimits.SignalsPerCommit))]);
    }

    /// <summary>Its own signals.</summary>
    public ImmutableArray<Signal> Own => _own;

    /// <summary>What records say of it.</summary>
    public ImmutableArray<CommitRecord> Records { get; }

    /// <summary>The same without the lines that the commit did not add, once <see cref="Checked"/>.</summary>
    public ImmutableArray<CommitRecord> Credited { get; }

    /// <summary>Who wrote the commit as a whole.</summary>
    public Authorship Whole { get; }

    /// <summary>True when records name lines, so that they can be checked.</summary>
    public bool HasAttestedLines => Records.Any(record => record.Files.Files.Count > 0);

    /// <summary>
    /// The same evidence with the lines that the commit did not add rejected: a note copied to a wrong commit says nothing of it. Lines that
    /// line history traces to the commit were added by it, so <see cref="OfLines"/> asks the records as they are.
    /// </summary>
    public CommitEvidence Checked(AddedLines added) => new(
        _own,
        Records,
        [.. Records.Select(record => Cut(record, added))]);

    /// <summary>
    /// Who wrote the lines of <paramref name="run"/>, parted where the answer changes. A line no record mentions is as the commit's own
    /// marks say: no entry is no evidence, not evidence of a person.
    /// </summary>
    public ImmutableArray<AuthoredRun> OfLines(LineRun run)
    {
        var asked = new LineSpan(run.OriginalStart, run.OriginalStart + run.Count - 1);
        var told = new List<LineTestimony>();
        foreach (var record in Records)
        {
            told.AddRange(record.Files.Within(run.OriginalPath, asked).Select(lines => new LineTestimony(record, lines)));
        }

        if (told.Count == 0)
        {
            return [new AuthoredRun(run, _unattested)];
        }

        told.Sort((left, right) => left.Lines.Span.Start.CompareTo(right.Lines.Span.Start));
        var parts = ImmutableArray.CreateBuilder<AuthoredRun>();
        var active = new List<LineTestimony>();
        var next = 0;
        for (var line = asked.Start; line <= asked.End;)
        {
            active.RemoveAll(testimony => testimony.Lines.Span.End < line);
            for (; next < told.Count && told[next].Lines.Span.Start == line; next++)
            {
                active.Add(told[next]);
            }

            var until = active.Select(testimony => testimony.Lines.Span.End + 1)
                .Append(next < told.Count ? told[next].Lines.Span.Start : asked.End + 1)
                .Min();
            parts.Add(new AuthoredRun(
                run with { Start = run.Start + line - asked.Start, Count = until - line, OriginalStart = line },
                active.Count == 0 ? _unattested : AuthorshipRule.OfLine(active, _unattested)));
            line = until;
        }

        return parts.DrainToImmutable();
    }

    private static ImmutableArray<Signal> Weighed(ImmutableArray<Signal> own, ImmutableArray<CommitRecord> records)
    {
        var overruled = records.Select(record => record.Overrules).OfType<string>().ToList();
        return overruled.Count == 0
            ? own
            : [.. own.Select(signal => signal.Agent is { } agent && overruled.Contains(agent.Name) ? signal with { Strength = SignalStrength.Assist } : signal)];
    }

    private static CommitRecord Cut(CommitRecord record, AddedLines added)
    {
        var kept = added.Cut(record.Files);
        return record with { Files = kept, RejectedLines = record.Files.Lines - kept.Lines };
    }
}
