// The same after a change: those of Grown grow faster than they did, those of Alike are written otherwise.
using System; using System.Collections.Generic; using System.Linq; using System.Text; using System.Text.RegularExpressions;
namespace Code;
public sealed record Line(string Id, int Count);

public static class Grown
{
    public static string Joined(string[] words) { var text = ""; foreach (var word in words) { text += word + ";"; } return text; }
    public static int Known(List<int> wanted, List<int> have) { return wanted.Count(one => have.Contains(one)); }
    public static List<Line> Unique(List<Line> lines) { var kept = new List<Line>(); foreach (var line in lines) { if (!kept.Any(one => one.Id == line.Id)) { kept.Add(line); } } return kept; }
    public static bool IsTrimmed(string text) { return !Regex.IsMatch(text, @"^\s|\s+$"); }
    public static bool IsList(string text) { return Regex.IsMatch(text, "^([a-z]+,?)+$"); }
    public static int Pairs(int[] items) { var pairs = 0; for (var i = 0; i < items.Length; i++) { for (var j = i + 1; j < items.Length; j++) { if (items[i] == items[j]) { pairs++; } } } return pairs; }
}
public static class Alike
{
    public static int Sum(int[] items) { return items.Sum(); }
    public static string Upper(string text) { return text.ToUpperInvariant(); }
    public static List<int> Even(List<int> items) { return items.Where(item => item % 2 == 0).ToList(); }
    public static int Highest(List<int> items) { return items.Count == 0 ? int.MinValue : items.Max(); }
    public static int[] Sorted(int[] items) { var copy = (int[])items.Clone(); Array.Sort(copy); return copy; }
    public static Dictionary<string, int> Counts(string[] words) { return words.GroupBy(word => word).ToDictionary(group => group.Key, group => group.Count()); }
    public static bool Has(List<string> words, string word) { return words.Contains(word); }
    public static string Lines(string[] lines) { return string.Concat(lines.Select(line => line + "\n")); }
    public static int Commas(string text) { var commas = 0; for (var i = 0; i < text.Length; i++) { if (text[i] == ',') { commas++; } } return commas; }
    public static List<Line> Big(List<Line> lines) { var big = new List<Line>(); for (var i = 0; i < lines.Count; i++) { var line = lines[i]; if (line.Count > 3) { big.Add(line); } } return big; }
    public static bool IsWord(string text) { return Regex.IsMatch(text, @"\A[a-z]+$"); }
    public static int Depth(string text) { var depth = 0; var most = 0; foreach (var c in text) { depth += c == '(' ? 1 : c == ')' ? -1 : 0; most = Math.Max(most, depth); } return most; }
}
