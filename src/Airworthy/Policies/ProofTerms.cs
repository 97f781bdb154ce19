namespace Airworthy.Policies;

/// <summary>What production must show until a change is proven: <c>proof:</c> in <c>airworthy.yml</c>.</summary>
/// <param name="Ratio">The smallest harm that matters, as an odds ratio of failing; above 1. The default value is 2.</param>
/// <param name="Alpha">The chance of a wrong answer that is allowed, each way; up to 0.5. The default value is 0.01.</param>
/// <param name="Days">For how many days it must have run. The default value is 7.</param>
/// <param name="Instances">On how many instances it must have run; at least 1. The default value is 2.</param>
public sealed record ProofTerms(double Ratio = 2, double Alpha = 0.01, int Days = 7, int Instances = 2);
