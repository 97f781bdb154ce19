using Airworthy.Trials.Running;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Properties;

namespace Airworthy.TrialWorker.Running;

/// <summary>What a member's shape promises: see <see cref="IProperty"/>.</summary>
internal sealed class PropertyTrial : ITrialKind
{
    private static readonly IProperty[] s_properties = [new SameInEveryCulture(), new SameTwice(), new LeavesArguments(), new GivesSequenceTwice()];

    public string Name => "properties";

    public bool Takes(UnderTrial unit) => Array.Exists(s_properties, property => property.Fits(unit));

    public UnitResult Run(UnderTrial unit, UnitTrial trial)
    {
        var fits = s_properties.Where(property => property.Fits(unit)).ToList();
        var search = new InputSearch(unit.Shape, trial.Chance(2), trial.Counters);
        var found = new Dictionary<IProperty, TrialDifference>();
        long inputs = 0, notMade = 0;
        while (trial.MayDraw() && found.Count < fits.Count && search.SinceNew < 50_000)
        {
            var recipe = search.Next();
            foreach (var property in fits.Where(property => !found.ContainsKey(property)))
            {
                trial.Begin(recipe);
                var broken = property.Check(unit, recipe);
                if (broken is PropertyBreak.NotMade)
                {
                    notMade++;
                    break;
                }

                inputs++;
                // What the base breaks too is not what this change brought.
                if (broken is not null && !property.BreaksAtBase(unit, recipe))
                {
                    found[property] = Of(property, unit, trial, recipe);
                }
            }

            search.Learn(recipe, unit.Head.Thrown?.GetType().Name.GetHashCode(StringComparison.Ordinal) ?? (int)unit.Head.End);
        }

        var status = found.Count > 0 ? TrialStatus.Different : inputs == 0 ? TrialStatus.Untestable : TrialStatus.Same;
        return new UnitResult(unit.Index, Name, status, inputs, notMade, 0, status == TrialStatus.Untestable ? "no input of it could be made" : null, [.. found.Values]);
    }

    private static TrialDifference Of(IProperty property, UnderTrial unit, UnitTrial trial, Recipe recipe)
    {
        var small = Finding.Shrink(recipe, one =>
        {
            trial.Begin(one);
            return property.Check(unit, one) is { } broken and not PropertyBreak.NotMade && !property.BreaksAtBase(unit, one);
        });
        var told = (PropertyBreak.Told)property.Check(unit, small)!;
        return Finding.Tell(unit, small, DifferenceKind.Property, told.Expected, told.Found, 1) with { Property = property.Name, NoTest = "a property is not yet written as a test" };
    }
}
