namespace Airworthy.Policies;

/// <summary>What production must show until a change is proven: <c>proof:</c> in <c>airworthy.yml</c>, or of one of its critical areas.</summary>
/// <param name="Ratio">The smallest harm that matters, as an odds ratio of failing; above 1. The default value is 2.</param>
/// <param name="Alpha">The chance of a wrong answer that is allowed, each way; up to 0.5. The default value is 0.01.</param>
/// <param name="Days">For how many days it must have run. The default value is 7.</param>
/// <param name="Instances">On how many instances it must have run; at least 1. The default value is 2.</param>
/// <param name="MedianRatio">The smallest harm to the median time that matters, as an odds ratio of slow minutes; above 1. The default value is 1.2.</param>
/// <param name="Rate">Where nothing can be compared, the share of its instances' minutes in which it may have failed; below 1. The default value is 0.01.</param>
public sealed record ProofTerms(
    double Ratio = 2, double Alpha = 0.01, int Days = 7, int Instances = 2, double MedianRatio = 1.2, double Rate = 0.01)
{
    /// <summary>What is asked where both hold: of each the stricter.</summary>
    public ProofTerms And(ProofTerms other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new ProofTerms(
            Math.Min(Ratio, other.Ratio),
            Math.Min(Alpha, other.Alpha),
            Math.Max(Days, other.Days),
            Math.Max(Instances, other.Instances),
            Math.Min(MedianRatio, other.MedianRatio),
            Math.Min(Rate, other.Rate));
    }
}
