using System.CommandLine;

namespace Airworthy.Cli;

/// <summary>Gives verbs their examples; see <see cref="Examples"/>.</summary>
internal static class CommandExamples
{
    /// <summary>Adds whole command lines as examples to the verb's description.</summary>
    public static T WithExamples<T>(this T command, params string[] examples)
        where T : Command
    {
        command.Description = $"{command.Description}\n\nExamples:\n  {string.Join("\n  ", examples)}";
        return command;
    }
}
