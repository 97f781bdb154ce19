using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Airworthy.UnitsBench;

/// <summary>What git's driver of a language shows in hunk headers.</summary>
internal static partial class HunkHeaders
{
    /// <summary>By line, what the driver shows as the function around it.</summary>
    public static Dictionary<int, string> Of(string folder, string driver, byte[] content)
    {
        var text = Encoding.Latin1.GetString(content).TrimEnd('\n');
        File.WriteAllText(Path.Combine(folder, "attributes"), $"* diff={driver}\n");
        File.WriteAllText(Path.Combine(folder, "a"), text + "\n", Encoding.Latin1);
        File.WriteAllText(Path.Combine(folder, "b"), string.Concat(text.Split('\n').Select(line => $"{line}\n@ marker @\n")), Encoding.Latin1);
        using var git = Process.Start(new ProcessStartInfo("git", ["-c", $"core.attributesFile={folder}/attributes", "diff", "--no-index", "--no-color", "-U0", "a", "b"])
        {
            WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.Latin1,
        })!;
        var headers = new Dictionary<int, string>();
        while (git.StandardOutput.ReadLine() is { } line)
        {
            if (Header().Match(line) is { Success: true } header && header.Groups["says"].Length > 0)
            {
                headers[int.Parse(header.Groups["after"].ValueSpan, CultureInfo.InvariantCulture)] = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(header.Groups["says"].Value));
            }
        }

        git.WaitForExit();
        return headers;
    }

    [GeneratedRegex(@"^@@ -(?<after>\d+),0 \+\d+(,\d+)? @@ ?(?<says>.*)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Header();
}
