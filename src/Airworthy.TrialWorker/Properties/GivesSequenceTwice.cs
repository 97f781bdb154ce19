using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Observing;
using Airworthy.TrialWorker.Running;

namespace Airworthy.TrialWorker.Properties;

/// <summary>A sequence that is given can be gone through twice, with the same items.</summary>
internal sealed class GivesSequenceTwice : IProperty
{
    public string Name => "gives a sequence that can be gone through twice";

    public bool Fits(UnderTrial unit) => unit.Head.Method is System.Reflection.MethodInfo { ReturnType: { IsGenericType: true } type } && type.GetGenericTypeDefinition() == typeof(IEnumerable<>);

    public PropertyBreak? Check(SideCall call, Recipe recipe)
    {
        var (once, twice) = call.RunAndSeeTwice(recipe);
        return call.End == CallEnd.NotMade ? new PropertyBreak.NotMade()
            : once == twice ? null
            : new PropertyBreak.Told($"{once} (the first time through)", $"{twice} (the second)");
    }
}
