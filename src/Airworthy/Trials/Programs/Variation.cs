using System.Collections.Immutable;

namespace Airworthy.Trials.Programs;

/// <summary>One choice of a value for each dimension of a scenario.</summary>
/// <param name="Dimensions">The scenario's dimensions.</param>
/// <param name="Choice">The index of the value of each.</param>
public sealed record Variation(ImmutableArray<Dimension> Dimensions, ImmutableArray<int> Choice)
{
    /// <summary>The ordinary run: the first value of each.</summary>
    public static Variation Ordinary(ImmutableArray<Dimension> dimensions) => new(dimensions, [.. dimensions.Select(_ => 0)]);

    /// <summary>How many values are not the ordinary ones.</summary>
    public int Distance => Choice.Count(index => index != 0);

    /// <summary>The values by name, of all dimensions.</summary>
    public IEnumerable<(Dimension Dimension, string Value)> Values => Dimensions.Select((dimension, at) => (dimension, dimension.Values[Choice[at]]));

    /// <summary>The value of a dimension; null when there is no such dimension.</summary>
    public string? Of(string name) => Values.Where(pair => pair.Dimension.Name == name).Select(pair => pair.Value).FirstOrDefault();

    /// <summary>The same with another value of one dimension.</summary>
    public Variation With(int dimension, int value) => this with { Choice = Choice.SetItem(dimension, value) };

    /// <summary>True when each value that is not ordinary here has the same value there.</summary>
    public bool IsPartOf(Variation other) => Choice.Zip(other.Choice).All(pair => pair.First == 0 || pair.First == pair.Second);

    /// <summary>The values that are not ordinary: <c>FLAGS=--delete folder=linked</c>; empty for the ordinary run.</summary>
    public override string ToString() => string.Join(
        ' ', Values.Where((_, at) => Choice[at] != 0).Select(pair => $"{pair.Dimension.Name}={Quoted(pair.Value)}"));

    public bool Equals(Variation? other) => other is not null && Choice.AsSpan().SequenceEqual(other.Choice.AsSpan());

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var index in Choice)
        {
            hash.Add(index);
        }

        return hash.ToHashCode();
    }

    private static string Quoted(string value) =>
        value.Length > 0 && value.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./:=,@%+".Contains(letter, StringComparison.Ordinal)) ? value : ShellWord.Quote(value);
}
