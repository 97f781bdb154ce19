using Airworthy.Trials.Running;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Observing;
using Airworthy.TrialWorker.Properties;

namespace Airworthy.TrialWorker.Running;

/// <summary>
/// What a member's shape and name promise: see <see cref="IProperty"/>. What the head breaks and the base keeps is what the change brought; what both break was never promised, and is told to
/// who asks for all.
/// </summary>
internal sealed class PropertyTrial : ITrialKind
{
    private const int EnoughOfBase = 300;
    private const int MostTries = 3000;
    private const long EnoughWithoutNews = 50_000;
    private const long EnoughWithoutReturn = 3_000;

    private static readonly IProperty[] s_properties =
    [
        new RoundTrips(), new Idempotent(), new EqualityContract(), new OrderContract(), new GivesNoNull(), new SameInEveryCulture(), new SameInEveryZone(), new SameTwice(), new LeavesArguments(), new GivesSequenceTwice(),
    ];

    public string Name => "properties";

    public bool IsOfEachType => true;

    public bool Takes(UnderTrial unit) => Array.Exists(s_properties, property => property.Fits(unit));

    public UnitResult Run(UnderTrial unit, UnitTrial trial)
    {
        var open = s_properties.Where(property => property.Fits(unit)).ToList();
        var chance = trial.Chance(3);
        var search = trial.Search(unit, 2, trial.Counters);
        var found = new List<(IProperty Property, Recipe Recipe, bool AtBase)>();
        long inputs = 0, notMade = 0, returned = 0, drawn = 0;
        while (open.Count > 0 && trial.MayDraw() && search.SinceNew < (returned == 0 ? EnoughWithoutReturn : EnoughWithoutNews))
        {
            var recipe = search.Next();
            var isMade = true;
            for (var i = open.Count - 1; i >= 0 && isMade; i--)
            {
                var property = open[i];
                if (drawn % property.OneIn != 0)
                {
                    continue;
                }

                var asked = property.Extended(recipe, chance);
                Begin(unit, trial, asked);
                var broken = property.Check(unit.Head, asked);
                isMade = unit.Head.End != CallEnd.NotMade;
                inputs += broken is PropertyBreak.NotMade ? 0 : 1;
                returned += unit.Head.End == CallEnd.Returned ? 1 : 0;
                if (broken is PropertyBreak.Told)
                {
                    found.Add((property, asked, unit.Base is not null && property.Check(unit.Base, asked) is PropertyBreak.Told));
                    open.RemoveAt(i);
                }
            }

            drawn++;
            notMade += isMade ? 0 : 1;
            search.Learn(recipe, unit.Head.Thrown?.GetType().Name.GetHashCode(StringComparison.Ordinal) ?? (int)unit.Head.End);
        }

        var differences = found.Select(one => Of(one.Property, unit, trial, one.Recipe, one.AtBase || BaseBreaks(one.Property, unit, trial))).OfType<TrialDifference>().ToList();
        // A member that throws whatever it is given has kept nothing.
        var status = differences.Exists(difference => !difference.IsAtBase) ? TrialStatus.Different : returned == 0 ? TrialStatus.Untestable : TrialStatus.Same;
        var reason = status != TrialStatus.Untestable ? null : drawn == notMade ? "no input of it could be made" : "it throws on every input that could be made";
        return new UnitResult(unit.Index, Name, status, status == TrialStatus.Untestable ? 0 : inputs, notMade, 0, reason, [.. differences]);
    }

    /// <summary>Only the call itself is written down: what else a property asks about is no part of its shape.</summary>
    private static void Begin(UnderTrial unit, UnitTrial trial, Recipe recipe) =>
        trial.Begin(recipe.Parts.Length == unit.Shape.Parts.Length ? recipe : new Recipe(unit.Shape, recipe.Choice, null, recipe.Parts[..unit.Shape.Parts.Length]));

    /// <summary>Whether the base breaks it on some input of its own: then nobody relied on it.</summary>
    private static bool BaseBreaks(IProperty property, UnderTrial unit, UnitTrial trial)
    {
        if (unit.Base is null)
        {
            return false;
        }

        var chance = trial.Chance(4);
        for (var i = 0; i < EnoughOfBase / property.OneIn; i++)
        {
            var recipe = property.Extended(unit.Shape.Make(chance, 1 + chance.Below(4)), chance);
            Begin(unit, trial, recipe);
            if (property.Check(unit.Base, recipe) is PropertyBreak.Told)
            {
                return true;
            }
        }

        return false;
    }

    private static TrialDifference? Of(IProperty property, UnderTrial unit, UnitTrial trial, Recipe recipe, bool atBase)
    {
        var small = Finding.Shrink(recipe, one =>
        {
            Begin(unit, trial, one);
            return property.Check(unit.Head, one) is PropertyBreak.Told && (atBase || unit.Base is null || property.Check(unit.Base, one) is not PropertyBreak.Told);
        }, MostTries / property.OneIn);
        return property.Check(unit.Head, small) is PropertyBreak.Told told
            ? Finding.Tell(unit, small, DifferenceKind.Property, told.Expected, told.Found, 1) with { Property = property.Name, IsAtBase = atBase, NoTest = "a property is not yet written as a test" }
            : null;
    }
}
