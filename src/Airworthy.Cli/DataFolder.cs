using System.CommandLine;

namespace Airworthy.Cli;

/// <summary>The folder that holds what a server keeps.</summary>
internal static class DataFolder
{
    /// <summary>The option <c>--data DIR</c>.</summary>
    public static Option<string> Option(string description) =>
        new("--data") { Description = description, HelpName = "DIR", DefaultValueFactory = _ => Default() };

    private static string Default() => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "airworthy");
}
