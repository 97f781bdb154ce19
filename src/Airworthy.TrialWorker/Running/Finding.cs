using Airworthy.Replay;
using Airworthy.Trials.Running;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Observing;

namespace Airworthy.TrialWorker.Running;

/// <summary>Makes a differing input as small as it goes, and tells it.</summary>
internal static class Finding
{
    private const int MostTries = 3000;

    /// <summary>The finding of an input; null when it does not show the difference any more.</summary>
    public static TrialDifference? Of(UnderTrial unit, UnitTrial trial, Recipe recipe, long times, (DifferenceKind Kind, string Was, string Now) wanted)
    {
        var small = Shrink(recipe, one =>
        {
            if (DifferentialTrial.RunBoth(unit, trial, one) == CallEnd.NotMade || unit.Base!.IsSame(unit.Head))
            {
                return false;
            }

            var (kind, was, now, isNoise) = DifferentialTrial.Confirm(unit, trial, one);
            return !isNoise && (kind, was.Exception, now.Exception) == wanted;
        });
        var (kind, was, now, isNoise) = DifferentialTrial.Confirm(unit, trial, small);
        if (isNoise)
        {
            return null;
        }

        var (test, reason) = TestWriter.Of(unit, small, was);
        return Tell(unit, small, kind, was.Against(now), now.Against(was), times) with { Test = test, NoTest = reason };
    }

    /// <summary>The finding of an input as it is.</summary>
    public static TrialDifference Tell(UnderTrial unit, Recipe recipe, DifferenceKind kind, string was, string now, long times) => new(
        kind,
        Input(unit, recipe),
        was,
        now,
        CallShape.Cultures[recipe.Choice].Name,
        recipe.Oddness,
        recipe.Size,
        UnitTrial.Token(recipe),
        Test: null,
        NoTest: null) { Times = times };

    /// <summary>The smallest input that still does what is asked, found by taking away what can be.</summary>
    /// <param name="recipe">The input.</param>
    /// <param name="holds">What is asked.</param>
    /// <param name="most">Inputs tried at most.</param>
    public static Recipe Shrink(Recipe recipe, Func<Recipe, bool> holds, int most = MostTries)
    {
        var tries = 0;
        for (var isSmaller = true; isSmaller && tries < most;)
        {
            isSmaller = false;
            foreach (var candidate in recipe.Shape.Simpler(recipe))
            {
                if (++tries > most)
                {
                    break;
                }

                if (holds(candidate))
                {
                    recipe = candidate;
                    isSmaller = true;
                    break;
                }
            }
        }

        return recipe;
    }

    /// <summary>The call as people read it: as C# where it can be written, else what is seen of its arguments.</summary>
    private static string Input(UnderTrial unit, Recipe recipe)
    {
        string text;
        try
        {
            text = CallCode.Plain(unit.Code(recipe));
        }
        catch (Exception reason) when (reason is NotWritableException or NotReplayableException)
        {
            text = $"{unit.Unit.Name} of {Seen(recipe)}";
        }

        return text.Length > 1500 ? text[..1500] + "…" : text;
    }

    private static string Seen(Recipe recipe)
    {
        var text = new System.Text.StringBuilder();
        try
        {
            new Observer(text).Write(recipe.Build(Side.Head));
        }
#pragma warning disable CA1031 // Making it may throw anything.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            text.Append(failed.GetType().Name);
        }

        return text.ToString();
    }
}
