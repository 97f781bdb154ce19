namespace Airworthy.EndToEnd.Tests;

/// <summary>The checkout that the tests were built in, and the command that was built with them.</summary>
internal static class Checkout
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>The configuration of this very build: <c>Debug</c> or <c>Release</c>.</summary>
    public static string Configuration { get; } = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/')))!;

    /// <summary>The command, as a user starts it.</summary>
    public static string Airworthy { get; } = Path.Combine(Root, "src", "Airworthy.Cli", "bin", Configuration, "net10.0", "airworthy");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Airworthy.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no Airworthy.slnx in or above {AppContext.BaseDirectory}");
    }
}
