using System.Text.RegularExpressions;

namespace Airworthy.TrialWorker.Scaling;

/// <summary>
/// What in a regular expression may be tried in too many ways, read from the expression alone: a repeat inside of a repeat, ways of a choice in a repeat that begin alike, repeats beside each other that take the same
/// characters, and a repeat at the front from which the search begins anew at each place. Whether it is so only a run tells.
/// </summary>
/// <param name="options">The expression's options.</param>
internal sealed class PatternSuspicion(RegexOptions options)
{
    private const int Characters = 128;
    private const int MostAttacks = 24;

    private static readonly string[] s_ends = ["!", "", "\n!"];

    private readonly Dictionary<string, bool[]> _sets = new(StringComparer.Ordinal);

    /// <summary>The texts to try.</summary>
    public IEnumerable<PatternAttack> Of(PatternNode pattern) =>
        In(pattern, "", isAnchored: false, before: []).Where(one => one.Piece.Length > 0).DistinctBy(one => (one.Beginning, one.Piece)).Take(MostAttacks).SelectMany(one => s_ends.Select(end => one with { End = end }));

    /// <param name="node">Where to look.</param>
    /// <param name="beginning">A text that leads there.</param>
    /// <param name="isAnchored">Whether a match can begin at the text's beginning alone.</param>
    /// <param name="before">Repeats that end right before.</param>
    private IEnumerable<PatternAttack> In(PatternNode node, string beginning, bool isAnchored, List<PatternNode.Repeat> before)
    {
        switch (node)
        {
            case PatternNode.Choice choice:
                foreach (var found in choice.Parts.SelectMany(part => In(part, beginning, isAnchored, [.. before])))
                {
                    yield return found;
                }

                break;

            case PatternNode.Repeat { Most: null or > 20 } repeat:
                foreach (var found in OfRepeat(repeat, beginning, isAnchored, before))
                {
                    yield return found;
                }

                break;

            case PatternNode.Repeat repeat:
                foreach (var found in In(repeat.Part, beginning, isAnchored, before))
                {
                    yield return found;
                }

                break;

            case PatternNode.Sequence sequence:
                var led = beginning;
                var open = before;
                foreach (var part in sequence.Parts)
                {
                    foreach (var found in In(part, led, isAnchored, open))
                    {
                        yield return found;
                    }

                    isAnchored |= part is PatternNode.Nothing { IsStart: true };
                    led += Sample(part);
                    open = part is PatternNode.Nothing || CanBeEmpty(part) ? [.. open, .. Ends(part)] : [.. Ends(part)];
                }

                break;
        }
    }

    private IEnumerable<PatternAttack> OfRepeat(PatternNode.Repeat repeat, string beginning, bool isAnchored, List<PatternNode.Repeat> before)
    {
        var piece = Sample(repeat.Part);
        if (piece.Length == 0)
        {
            piece = Sample(Forced(repeat.Part));
        }

        if (piece.Length == 0)
        {
            yield break;
        }

        if (Inner(repeat.Part).Any())
        {
            yield return new PatternAttack("a repeat inside of a repeat", beginning, piece, "");
            foreach (var inner in Inner(repeat.Part).Select(one => Sample(one.Part)).Where(text => text.Length > 0))
            {
                yield return new PatternAttack("a repeat inside of a repeat", beginning, inner, "");
            }
        }

        foreach (var alike in repeat.Part is PatternNode.Choice or PatternNode.Sequence { Parts: [PatternNode.Choice] } ? Alike(repeat.Part) : [])
        {
            yield return new PatternAttack("ways of a choice in a repeat that begin alike", beginning, alike, "");
        }

        foreach (var other in before)
        {
            if (Common(First(other.Part), First(repeat.Part)) is { } both)
            {
                yield return new PatternAttack("two repeats beside each other that take the same", beginning, both.ToString(), "");
            }
        }

        if (!isAnchored)
        {
            yield return new PatternAttack("a repeat from which the search begins anew at each place", beginning, piece, "");
            // Where something else of the expression takes the beginning, it is over at once.
            yield return new PatternAttack("a repeat from which the search begins anew at each place", "!" + beginning, piece, "");
        }
    }

    private static IEnumerable<PatternNode.Repeat> Inner(PatternNode node) => node switch
    {
        PatternNode.Repeat { Most: null or > 20 } repeat => Inner(repeat.Part).Prepend(repeat),
        PatternNode.Repeat repeat => Inner(repeat.Part),
        PatternNode.Sequence sequence => sequence.Parts.SelectMany(Inner),
        PatternNode.Choice choice => choice.Parts.SelectMany(Inner),
        _ => [],
    };

    /// <summary>Repeats that a piece may end with.</summary>
    private static IEnumerable<PatternNode.Repeat> Ends(PatternNode node) => node switch
    {
        PatternNode.Repeat { Most: null or > 20 } repeat => [repeat],
        PatternNode.Sequence { Parts: [.., var last] } => Ends(last),
        PatternNode.Choice choice => choice.Parts.SelectMany(Ends),
        _ => [],
    };

    /// <summary>Texts that more than one way of a choice begins with.</summary>
    private IEnumerable<string> Alike(PatternNode part)
    {
        var ways = part is PatternNode.Choice choice ? choice.Parts : ((PatternNode.Choice)((PatternNode.Sequence)part).Parts[0]).Parts;
        for (var i = 0; i < ways.Count; i++)
        {
            for (var j = i + 1; j < ways.Count; j++)
            {
                if (Common(First(ways[i]), First(ways[j])) is { } both)
                {
                    yield return both.ToString();
                    // The longer of the two may also be what others make together.
                    yield return Sample(ways[i]).Length > Sample(ways[j]).Length ? Sample(ways[i]) : Sample(ways[j]);
                }
            }
        }
    }

    private static char? Common(bool[] one, bool[] other)
    {
        for (var c = 'a'; c < 'a' + Characters; c++)
        {
            // Letters first: they are what people read.
            var at = c % Characters;
            if (one[at] && other[at])
            {
                return (char)at;
            }
        }

        return null;
    }

    /// <summary>The characters a piece can begin with.</summary>
    private bool[] First(PatternNode node)
    {
        var first = new bool[Characters];
        Add(node);
        return first;

        bool Add(PatternNode one)
        {
            switch (one)
            {
                case PatternNode.One character:
                    var set = Set(character.Written);
                    for (var i = 0; i < Characters; i++)
                    {
                        first[i] |= set[i];
                    }

                    return false;
                case PatternNode.Sequence sequence:
                    return sequence.Parts.All(Add);
                case PatternNode.Choice choice:
                    return choice.Parts.Select(Add).ToList().Contains(true);
                case PatternNode.Repeat repeat:
                    return Add(repeat.Part) || repeat.Least == 0;
                default:
                    return true;
            }
        }
    }

    private static bool CanBeEmpty(PatternNode node) => node switch
    {
        PatternNode.One => false,
        PatternNode.Sequence sequence => sequence.Parts.All(CanBeEmpty),
        PatternNode.Choice choice => choice.Parts.Any(CanBeEmpty),
        PatternNode.Repeat repeat => repeat.Least == 0 || CanBeEmpty(repeat.Part),
        _ => true,
    };

    /// <summary>The shortest text of a piece.</summary>
    private string Sample(PatternNode node) => node switch
    {
        PatternNode.One character => Common(Set(character.Written), Set(character.Written)) is { } c ? c.ToString() : "",
        PatternNode.Sequence sequence => string.Concat(sequence.Parts.Select(Sample)),
        PatternNode.Choice choice => Sample(choice.Parts[0]),
        PatternNode.Repeat repeat => string.Concat(Enumerable.Repeat(Sample(repeat.Part), Math.Min(repeat.Least, 20))),
        _ => "",
    };

    /// <summary>A piece with what may be left out in it.</summary>
    private static PatternNode Forced(PatternNode node) => node switch
    {
        PatternNode.Sequence sequence => new PatternNode.Sequence([.. sequence.Parts.Select(Forced)]),
        PatternNode.Choice choice => Forced(choice.Parts[0]),
        PatternNode.Repeat repeat => new PatternNode.Repeat(Forced(repeat.Part), Math.Max(1, repeat.Least), repeat.Most),
        _ => node,
    };

    /// <summary>Which characters something takes: asked of the engine itself.</summary>
    private bool[] Set(string written)
    {
        if (!_sets.TryGetValue(written, out var set))
        {
            var one = new Regex($"^{written}\\z", options & (RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ECMAScript | RegexOptions.CultureInvariant), TimeSpan.FromSeconds(1));
            _sets[written] = set = [.. Enumerable.Range(0, Characters).Select(c => one.IsMatch(((char)c).ToString()))];
        }

        return set;
    }
}
