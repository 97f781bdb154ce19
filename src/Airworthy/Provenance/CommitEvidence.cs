using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>All that is known of one commit: its own signals and its note.</summary>
internal sealed class CommitEvidence
{
    private readonly AuthorshipNote? _note;
    private readonly string _noteSource;
    private readonly Authorship _unattested;

    public CommitEvidence(ImmutableArray<Signal> own, AuthorshipNote? note, string noteSource)
    {
        _note = note;
        _noteSource = noteSource;
        _unattested = AuthorshipRule.OfCommit(own);
        Whole = note is null
            ? _unattested
            : AuthorshipRule.OfCommit([.. own, .. note.Signals(noteSource).Take(SignalLimits.SignalsPerCommit)]);
    }

    /// <summary>Who wrote the commit as a whole.</summary>
    public Authorship Whole { get; }

    /// <summary>
    /// Who wrote the lines of <paramref name="run"/>. A line its note does not mention is as the commit's own marks say: no entry is
    /// no evidence, not evidence of a person.
    /// </summary>
    public ImmutableArray<AuthoredRun> OfLines(LineRun run)
    {
        if (_note is null)
        {
            return [new AuthoredRun(run, _unattested)];
        }

        var parts = ImmutableArray.CreateBuilder<AuthoredRun>();
        var shift = run.Start - run.OriginalStart;
        var next = run.OriginalStart;
        var end = run.OriginalStart + run.Count;
        foreach (var attested in _note.Within(run.OriginalPath, new LineSpan(next, end - 1)))
        {
            AddUnattested(attested.Span.Start);
            parts.Add(new AuthoredRun(Part(attested.Span.Start, attested.Span.End + 1), Attested(attested)));
            next = attested.Span.End + 1;
        }

        AddUnattested(end);
        return parts.DrainToImmutable();

        void AddUnattested(int until)
        {
            if (until > next)
            {
                parts.Add(new AuthoredRun(Part(next, until), _unattested));
            }
        }

        LineRun Part(int from, int until) => run with { Start = from + shift, Count = until - from, OriginalStart = from };
    }

    private Authorship Attested(AttestedLines lines)
    {
        var author = lines.Author;
        var value = FormattableString.Invariant($"lines {lines.Span.Start}-{lines.Span.End}");
        return new Authorship(
            author.Kind,
            author.Agent is { } agent ? [agent] : [],
            [new Signal("note", _noteSource, SignalStrength.Proof, value, author.Agent)],
            AuthorshipBasis.Line);
    }
}
