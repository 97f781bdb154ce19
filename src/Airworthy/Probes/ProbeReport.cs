using System.Collections.Immutable;

namespace Airworthy.Probes;

/// <summary>What a build did to one assembly: which methods carry probes, and why the others don't.</summary>
/// <param name="Assembly">The assembly's name.</param>
/// <param name="Revision">The commit it was built from; empty when not known.</param>
/// <param name="ModuleId">The identity of the assembly that was written, so that a report is known to speak of it.</param>
/// <param name="Methods">Every method with lines of its own, in the assembly's order.</param>
public sealed record ProbeReport(string Assembly, string Revision, Guid ModuleId, ImmutableArray<ReportedMethod> Methods)
{
    /// <summary>How a build names it, behind the assembly's name.</summary>
    public const string Suffix = ".probes.json";
}
