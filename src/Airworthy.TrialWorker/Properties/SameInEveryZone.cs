using System.Reflection;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Observing;
using Airworthy.TrialWorker.Running;

namespace Airworthy.TrialWorker.Properties;

/// <summary>
/// What is made of times that say themselves where they are, or of text, does not depend on where the machine stands. A time that is local by its kind may.
/// </summary>
internal sealed class SameInEveryZone : IProperty
{
    /// <summary>Behind and ahead of UTC, with half hours, with half an hour of summer time, and a day ahead.</summary>
    private static readonly string[] s_zones = ["America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Kiritimati"];

    public string Name => "gives the same in every time zone";

    // Each zone is read from its file.
    public int OneIn => 20;

    public bool Fits(UnderTrial unit)
    {
        var method = unit.Head.Method;
        var types = method.GetParameters().Select(parameter => parameter.ParameterType).Append((method as MethodInfo)?.ReturnType ?? typeof(void)).ToList();
        return types.Exists(type => (Nullable.GetUnderlyingType(type) ?? type) is var plain && (plain == typeof(DateTime) || plain == typeof(DateTimeOffset)))
            && !types.Contains(typeof(TimeZoneInfo)) && !method.Name.Contains("Local", StringComparison.Ordinal) && !method.Name.Contains("Now", StringComparison.Ordinal);
    }

    public PropertyBreak? Check(SideCall call, Recipe recipe)
    {
        if (IsLocal(recipe))
        {
            return new PropertyBreak.NotMade();
        }

        call.Run(recipe);
        if (call.End == CallEnd.NotMade)
        {
            return new PropertyBreak.NotMade();
        }

        var expected = call.Keep();
        try
        {
            foreach (var zone in s_zones)
            {
                Stand(zone);
                call.Run(recipe);
                if (call.End != CallEnd.NotMade && call.Keep() is var found && !found.IsAlike(expected))
                {
                    return new PropertyBreak.Told($"{expected.Against(found)} (UTC)", $"{found.Against(expected)} ({zone})");
                }
            }
        }
        finally
        {
            Stand("UTC");
        }

        return null;
    }

    private static bool IsLocal(Recipe recipe) => recipe.Value is DateTime { Kind: DateTimeKind.Local } || Array.Exists(recipe.Parts, IsLocal);

    private static void Stand(string zone)
    {
        Environment.SetEnvironmentVariable("TZ", zone);
        TimeZoneInfo.ClearCachedData();
    }
}
