using System.Collections.Immutable;
using System.Globalization;

namespace Airworthy.Policies;

/// <summary>Reads the values of a policy's keys; each mistake is told with its line and column.</summary>
/// <param name="file">The policy's name, for messages.</param>
internal sealed class PolicyFields(string file)
{
    private const int MaxListed = 1_000;
    private const int MaxNameLength = 200;

    public double Number(Dictionary<string, PolicyNode> keys, string key, double otherwise, double above, double atMost, bool isWhole = false)
    {
        if (!keys.TryGetValue(key, out var node))
        {
            return otherwise;
        }

        var text = Text(node, "a number");
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number > above && number <= atMost && (!isWhole || double.IsInteger(number))
            ? number
            : throw Wrong(node, string.Create(
                CultureInfo.InvariantCulture,
                $"'{key}' is '{text}': give a {(isWhole ? "whole " : "")}number {(isWhole ? $"from {above + 1} to" : $"above {above} and up to")} {atMost}"));
    }

    public DateOnly Day(PolicyNode node) =>
        DateOnly.TryParseExact(Text(node, "a date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw Wrong(node, "a date is written as year-month-day, such as 2025-02-24");

    public GlobPattern Glob(PolicyNode node)
    {
        try
        {
            return GlobPattern.Parse(Text(node, "a path pattern"));
        }
        catch (FormatException problem)
        {
            throw Wrong(node, problem.Message, problem);
        }
    }

    public Dictionary<string, PolicyNode> Keys(PolicyNode node, string what, params string[] known)
    {
        if (node is not PolicyNode.Mapping mapping)
        {
            throw Wrong(node, $"{what} must be keys and values, such as '{known[0]}: …'");
        }

        foreach (var (key, _) in mapping.Entries)
        {
            if (!known.Contains(key.Text, StringComparer.Ordinal))
            {
                throw Wrong(key, $"unknown key '{PolicyYaml.Quotable(key.Text)}' in {what}; {Suggestion(key.Text, known)}");
            }
        }

        return mapping.Entries.ToDictionary(entry => entry.Key.Text, entry => entry.Value, StringComparer.Ordinal);
    }

    public ImmutableArray<T> List<T>(Dictionary<string, PolicyNode> keys, string key, Func<PolicyNode, T> read)
    {
        if (!keys.TryGetValue(key, out var node))
        {
            return [];
        }

        if (node is not PolicyNode.Sequence list)
        {
            throw Wrong(node, $"'{key}' must be a list, such as '{key}: [ … ]'");
        }

        if (list.Items.Length > MaxListed)
        {
            throw Wrong(node, $"'{key}' may list at most {MaxListed:N0}");
        }

        return [.. list.Items.Select(read)];
    }

    public string Text(PolicyNode node, string what) => node switch
    {
        PolicyNode.Scalar { Text: "" } => throw Wrong(node, $"{what} is missing here"),
        PolicyNode.Scalar { IsPlain: true, Text: "~" or "null" } => throw Wrong(node, $"{what} is missing here"),
        PolicyNode.Scalar { Text.Length: > MaxNameLength } => throw Wrong(node, $"{what} may have at most {MaxNameLength} characters"),
        PolicyNode.Scalar scalar when scalar.Text.Any(char.IsControl) => throw Wrong(node, $"{what} can't hold control characters"),
        PolicyNode.Scalar scalar => scalar.Text,
        _ => throw Wrong(node, $"{what} must be one value"),
    };

    public T Choice<T>(PolicyNode node, string what, ImmutableArray<(string Name, T Value)> choices)
    {
        var text = Text(node, $"one of {string.Join(", ", choices.Select(choice => choice.Name))}");
        foreach (var (name, value) in choices)
        {
            if (string.Equals(name, text, StringComparison.Ordinal))
            {
                return value;
            }
        }

        throw Wrong(node, $"unknown {what} '{PolicyYaml.Quotable(text)}'; {Suggestion(text, [.. choices.Select(choice => choice.Name)])}");
    }

    public PolicyNode Needed(PolicyNode owner, Dictionary<string, PolicyNode> keys, string key) =>
        keys.TryGetValue(key, out var value) ? value : throw Wrong(owner, $"'{key}' is missing");

    public ImmutableArray<T> NotEmpty<T>(PolicyNode node, ImmutableArray<T> list, string key) =>
        list.IsEmpty ? throw Wrong(node, $"'{key}' must list at least one") : list;

    public void RefuseTwice(Dictionary<string, PolicyNode> keys, string key, IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var position = 0;
        foreach (var name in names)
        {
            if (!seen.Add(name))
            {
                throw Wrong(((PolicyNode.Sequence)keys[key]).Items[position], $"the name '{PolicyYaml.Quotable(name)}' is taken by an earlier entry of '{key}'");
            }

            position++;
        }
    }

    private static string Suggestion(string typed, string[] known) =>
        NearestName.Of(typed, known) is { } nearest ? $"did you mean '{nearest}'?" : $"known are {string.Join(", ", known)}";

    public PolicyException Wrong(PolicyNode at, string problem, Exception? cause = null) => new(file, at.Line, at.Column, problem, cause);
}
