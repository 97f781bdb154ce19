// Members as they were: none grows faster than its input, but for sorting.
using System; using System.Collections.Generic; using System.Linq; using System.Text; using System.Text.RegularExpressions;
namespace Code;
public sealed record Line(string Id, int Count);

public static class Grown
{
    public static string Joined(string[] words) { var text = new StringBuilder(); foreach (var word in words) { text.Append(word).Append(';'); } return text.ToString(); }
    public static int Known(List<int> wanted, List<int> have) { var set = new HashSet<int>(have); return wanted.Count(set.Contains); }
    public static List<Line> Unique(List<Line> lines) { var seen = new HashSet<string>(); var kept = new List<Line>(); foreach (var line in lines) { if (seen.Add(line.Id)) { kept.Add(line); } } return kept; }
    public static bool IsTrimmed(string text) { return !Regex.IsMatch(text, @"\A\s"); }
    public static bool IsList(string text) { return Regex.IsMatch(text, "^[a-z,]+$"); }
}
public static class Alike
{
    public static int Sum(int[] items) { var sum = 0; foreach (var item in items) { sum += item; } return sum; }
    public static string Upper(string text) { var made = new char[text.Length]; for (var i = 0; i < text.Length; i++) { made[i] = char.ToUpperInvariant(text[i]); } return new string(made); }
    public static List<int> Even(List<int> items) { var even = new List<int>(); foreach (var item in items) { if (item % 2 == 0) { even.Add(item); } } return even; }
    public static int Highest(List<int> items) { var best = int.MinValue; foreach (var item in items) { if (item > best) { best = item; } } return best; }
    public static int[] Sorted(int[] items) { return items.OrderBy(item => item).ToArray(); }
    public static Dictionary<string, int> Counts(string[] words) { var counts = new Dictionary<string, int>(); foreach (var word in words) { counts[word] = counts.TryGetValue(word, out var n) ? n + 1 : 1; } return counts; }
    public static bool Has(List<string> words, string word) { foreach (var one in words) { if (one == word) { return true; } } return false; }
    public static string Lines(string[] lines) { var text = new StringBuilder(); foreach (var line in lines) { text.Append(line).Append('\n'); } return text.ToString(); }
    public static int Commas(string text) { return text.Count(c => c == ','); }
    public static List<Line> Big(List<Line> lines) { return lines.Where(line => line.Count > 3).ToList(); }
    public static bool IsWord(string text) { return Regex.IsMatch(text, "^[a-z]+$"); }
}
