using System.Globalization;
using Airworthy.Model;

namespace Airworthy.Probation;

/// <summary>What a change is held to.</summary>
/// <param name="Ratio">The smallest harm that matters, as an odds ratio against the baseline. The default value is 2.</param>
/// <param name="Alpha">The chance of a wrong answer that is allowed, each way. The default value is 1 %.</param>
/// <param name="Days">For how many days it must have run before it is proven. The default value is 7, a full week.</param>
/// <param name="Instances">On how many instances it must have run. The default value is 2.</param>
/// <param name="MedianRatio">The smallest harm that matters to the median time. Half of the minutes are over it anyway, so less matters. The default value is 1.2.</param>
/// <param name="Rate">Where nothing can be compared, the share of its instances' minutes in which a proven change may have failed. The default value is 1 %.</param>
public sealed record ProbationTerms(
    double Ratio = 2, double Alpha = 0.01, int Days = 7, int Instances = 2, double MedianRatio = 1.2, double Rate = 0.01)
{
    /// <summary>The largest ratio that is taken: beyond it nothing but an outage is harm.</summary>
    public const double LargestRatio = 1000;

    /// <summary>These terms, or one sentence that says which of them can't be.</summary>
    public ProbationTerms Checked()
    {
        if (Ratio is not (> 1 and <= LargestRatio))
        {
            throw new ProbationException(Fault.Usage, string.Create(
                CultureInfo.InvariantCulture, $"a ratio of {Ratio} can't be tested: give one above 1 and up to {LargestRatio}, such as 2 (twice the odds of failing)"));
        }

        return Alpha is > 0 and < 0.5
            ? this
            : throw new ProbationException(Fault.Usage, string.Create(
                CultureInfo.InvariantCulture, $"an error of {Alpha} can't be held: give --alpha between 0 and 0.5, such as 0.01 (one wrong answer in a hundred)"));
    }
}
