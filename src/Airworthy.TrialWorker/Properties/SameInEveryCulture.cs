using System.Globalization;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Observing;
using Airworthy.TrialWorker.Running;

namespace Airworthy.TrialWorker.Properties;

/// <summary>
/// A member that takes no culture and shows nobody anything gives the same in each: what reads or writes data must not depend on who runs it. Text that is made for people may.
/// </summary>
internal sealed class SameInEveryCulture : IProperty
{
    public string Name => "gives the same in every culture";

    public bool Fits(UnderTrial unit) =>
        !unit.Head.Method.GetParameters().Any(parameter => parameter.ParameterType == typeof(IFormatProvider) || parameter.ParameterType == typeof(CultureInfo))
        && !unit.Unit.Name.Contains("ToString", StringComparison.Ordinal);

    public PropertyBreak? Check(SideCall call, Recipe recipe)
    {
        var invariant = new Recipe(recipe.Shape, 0, null, recipe.Parts);
        call.Run(invariant);
        if (call.End == CallEnd.NotMade)
        {
            return new PropertyBreak.NotMade();
        }

        var expected = call.Keep();
        for (var culture = 1; culture < CallShape.Cultures.Length; culture++)
        {
            call.Run(new Recipe(recipe.Shape, culture, null, recipe.Parts));
            var found = call.Keep();
            // Messages are for people.
            if (!found.IsAlike(expected))
            {
                return new PropertyBreak.Told($"{expected.Against(found)} (invariant culture)", $"{found.Against(expected)} ({CallShape.Cultures[culture].Name})");
            }
        }

        return null;
    }
}
