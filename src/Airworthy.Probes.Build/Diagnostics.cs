namespace Airworthy.Probes.Build;

/// <summary>Tells a build what it should know, in the form that MSBuild reads from a tool's output.</summary>
internal static class Diagnostics
{
    public static void Warning(TextWriter output, string code, string message) => output.WriteLine($"Airworthy.Probes : warning {code}: {OneLine(message)}");

    public static void Error(TextWriter output, string code, string message) => output.WriteLine($"Airworthy.Probes : error {code}: {OneLine(message)}");

    private static string OneLine(string message) => string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
