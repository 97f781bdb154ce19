using System.CommandLine;
using System.CommandLine.Parsing;

namespace Airworthy.Cli;

/// <summary>Refuses an option that does nothing without another, or beside it: who gave it meant something that would not happen.</summary>
internal static class OptionNeeds
{
    /// <summary>Has <paramref name="command"/> refuse <paramref name="option"/> where none of <paramref name="others"/> is given.</summary>
    public static void Refuse(this Command command, Option option, params Option[] others) => command.Validators.Add(result =>
    {
        if (IsGiven(result, option) && !Array.Exists(others, other => IsGiven(result, other)))
        {
            result.AddError($"{option.Name} does nothing without {string.Join(" or ", others.Select(other => other.Name))}; give that, too, or leave it out");
        }
    });

    /// <summary>Has <paramref name="command"/> refuse each of <paramref name="options"/> where <paramref name="other"/> is given.</summary>
    public static void RefuseBeside(this Command command, Option other, params Option[] options) => command.Validators.Add(result =>
    {
        if (IsGiven(result, other) && Array.Find(options, option => IsGiven(result, option)) is { } idle)
        {
            result.AddError($"{idle.Name} does nothing with {other.Name}; leave it out");
        }
    });

    private static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };
}
