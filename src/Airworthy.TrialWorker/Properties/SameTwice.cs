using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Observing;
using Airworthy.TrialWorker.Running;

namespace Airworthy.TrialWorker.Properties;

/// <summary>Asked the same twice, a member answers the same.</summary>
internal sealed class SameTwice : IProperty
{
    public string Name => "gives the same when asked twice";

    public bool Fits(UnderTrial unit) => true;

    public PropertyBreak? Check(SideCall call, Recipe recipe)
    {
        call.Run(recipe);
        if (call.End == CallEnd.NotMade)
        {
            return new PropertyBreak.NotMade();
        }

        var first = call.Keep();
        call.Run(recipe);
        var second = call.Keep();
        return first.IsAlike(second) ? null : new PropertyBreak.Told($"{first.Against(second)} (the first time)", $"{second.Against(first)} (the second)");
    }
}
