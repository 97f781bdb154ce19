using System.Text;

namespace Airworthy.Trials.Programs;

/// <summary>Writes a finding as a POSIX script that holds the base's way: it exits with 0 where the program does as the base does, with 1 where not.</summary>
internal static class ProgramTest
{
    private const string End = "AIRWORTHY_SCENARIO";
    private const string SameFile = "the same file as ";

    /// <summary>The script; null when the finding's differences or its layout of files can't be told by one.</summary>
    public static string? Of(ProgramFinding finding, ProgramScenario scenario, string script)
    {
        var check = finding.Differences.Select(Check).FirstOrDefault(check => check is not null);
        var isPlain = finding.Variation.Values.All(pair => pair.Dimension.IsVariable || pair.Value == pair.Dimension.Values[0]);
        if (check is null || !isPlain || script.Split('\n').Contains(End, StringComparer.Ordinal))
        {
            return null;
        }

        var text = new StringBuilder();
        var with = finding.Variation.Distance > 0 ? $" with {Line(finding.Variation.ToString())}" : "";
        text.Append("#!/bin/sh\n# Scenario ").Append(Line(scenario.Name)).Append(with).Append(": holds what the base did.\n");
        text.Append("# Use: RUN=COMMAND sh THIS. Exit code 0: as then, 1: not, 125: it can't be told.\nset -u\n: \"${RUN:?the command of the program}\"\n");
        text.Append("files=$(dirname \"$0\")/").Append(ShellWord.Quote(scenario.Name + ".files")).Append('\n');
        text.Append("top=$(mktemp -d) && mkdir \"$top/scratch\" || exit 125\ntrap 'rm -rf \"$top\"' EXIT\n");
        if (scenario.Files is not null)
        {
            text.Append("cp -a \"$files/.\" \"$top/scratch\" || exit 125\n");
        }

        text.Append("cat >\"$top/scenario\" <<'").Append(End).Append("'\n").Append(script.TrimEnd('\n')).Append('\n').Append(End).Append('\n');
        text.Append("export RUN LC_ALL=C.UTF-8 TZ=UTC\n");
        foreach (var (dimension, value) in finding.Variation.Values.Where(pair => pair.Dimension.IsVariable))
        {
            text.Append("export ").Append(dimension.Name).Append('=').Append(ShellWord.Quote(value)).Append('\n');
        }

        text.Append("cd \"$top/scratch\" || exit 125\n(exec /bin/sh \"$top/scenario\") >\"$top/output\" 2>\"$top/error\" </dev/null\nexit=$?\n");
        return text.Append(check).Append('\n').ToString();
    }

    private static string? Check(ProgramDifference difference) => difference.Kind switch
    {
        ProgramDifferenceKind.Exit or ProgramDifferenceKind.Crash when difference.Base.Split(' ') is ["exit", var code] => $"test \"$exit\" -eq {code}",
        ProgramDifferenceKind.FileMissing => $"test -e {ShellWord.Quote("./" + difference.Subject)}",
        ProgramDifferenceKind.FileAdded => $"test ! -e {ShellWord.Quote("./" + difference.Subject)}",
        ProgramDifferenceKind.Mode when difference.Base.Split(' ') is [_, var mode] => $"test \"$(stat -c %a -- {ShellWord.Quote("./" + difference.Subject)})\" = {mode}",
        ProgramDifferenceKind.Link when difference.Base.Split(SameFile) is ["", var other] => $"test {ShellWord.Quote("./" + difference.Subject)} -ef {ShellWord.Quote("./" + other)}",
        ProgramDifferenceKind.Output when difference.Base.Length > 0 => $"grep -qxF -- {ShellWord.Quote(difference.Base)} \"$top/output\"",
        ProgramDifferenceKind.FileContent when difference.Base.Length > 0 => $"grep -qxF -- {ShellWord.Quote(difference.Base)} {ShellWord.Quote("./" + difference.Subject)}",
        _ => null,
    };

    private static string Line(string text) => text.ReplaceLineEndings(" ");
}
