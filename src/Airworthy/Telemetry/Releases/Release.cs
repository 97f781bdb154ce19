using Airworthy.Model;

namespace Airworthy.Telemetry.Releases;

/// <summary>That a version of a service came to run, or ceased to.</summary>
/// <param name="Service">Which service, by the name it sends as <c>service.name</c>.</param>
/// <param name="Environment">Where; empty when not told.</param>
/// <param name="Version">The version, as told; resolved late. After a rollback it is the one that runs again. <see cref="ReportedVersion.None"/> when not told.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Source">Who says so: <c>telemetry</c>, <c>command line</c>, or the name of a webhook.</param>
public sealed record Release(string Service, string Environment, ReportedVersion Version, ReleaseKind Kind, DateTimeOffset At, string Source);
