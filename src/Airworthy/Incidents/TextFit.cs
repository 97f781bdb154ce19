namespace Airworthy.Incidents;

/// <summary>
/// How well texts fit a question: the cosine of their terms, each weighed by its frequency's logarithm and by how rare it is among the texts (TF-IDF).
/// </summary>
internal static class TextFit
{
    /// <summary>For each text 0 (nothing shared) to 1 (the same terms).</summary>
    public static double[] Of(IReadOnlyDictionary<string, int> question, IReadOnlyList<IReadOnlyDictionary<string, int>> texts)
    {
        var rarity = question.Keys.ToDictionary(term => term, term => Math.Log((1.0 + texts.Count) / (1 + texts.Count(text => text.ContainsKey(term)))) + 0.1, StringComparer.Ordinal);
        var asked = Norm(question, term => rarity[term]);
        return [.. texts.Select(text => asked == 0 ? 0 : Dot(question, text, rarity) / (asked * Math.Max(1e-9, NormOf(text, question, rarity))))];
    }

    private static double Dot(IReadOnlyDictionary<string, int> question, IReadOnlyDictionary<string, int> text, Dictionary<string, double> rarity) =>
        question.Sum(term => text.TryGetValue(term.Key, out var count) ? Weight(term.Value) * Weight(count) * rarity[term.Key] * rarity[term.Key] : 0);

    private static double Norm(IReadOnlyDictionary<string, int> terms, Func<string, double> rarity) =>
        Math.Sqrt(terms.Sum(term => Math.Pow(Weight(term.Value) * rarity(term.Key), 2)));

    /// <summary>Terms that are not asked for make a text longer, not less fitting: they count by the root of their number only.</summary>
    private static double NormOf(IReadOnlyDictionary<string, int> text, IReadOnlyDictionary<string, int> question, Dictionary<string, double> rarity)
    {
        var shared = text.Where(term => question.ContainsKey(term.Key)).Sum(term => Math.Pow(Weight(term.Value) * rarity[term.Key], 2));
        return Math.Sqrt(shared + Math.Sqrt(text.Count));
    }

    private static double Weight(int count) => 1 + Math.Log(count);
}
