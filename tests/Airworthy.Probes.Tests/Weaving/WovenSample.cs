using System.Collections.Immutable;
using Airworthy.Probes.Build.Weaving;

namespace Airworthy.Probes.Tests.Weaving;

/// <summary>What the weaver made of a sample, and what it tells of it.</summary>
internal sealed record WovenSample(AssemblyImage Image, ImmutableArray<ReportedMethod> Report)
{
    public ReportedMethod Of(string id, string part = "") => Report.Single(method => method.Id == id && method.Part == part);
}
