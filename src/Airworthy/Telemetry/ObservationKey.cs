using Airworthy.Model;

namespace Airworthy.Telemetry;

/// <summary>What observations are counted under: everything as sent, by the minute of the event.</summary>
/// <param name="Service"><c>service.name</c>.</param>
/// <param name="Environment"><c>deployment.environment.name</c>; empty when not told.</param>
/// <param name="Version">The version attributes.</param>
/// <param name="Location">Where.</param>
/// <param name="FlagVariant"><c>feature_flag.key=variant</c>; empty when none.</param>
/// <param name="InstanceGroup">A group of instances; empty when not told.</param>
/// <param name="Source"><c>span</c>, <c>metric</c>, <c>probe</c>.</param>
/// <param name="Sampling">How it was sampled, as told: <c>all</c>, <c>th:…</c>, <c>unknown</c>.</param>
/// <param name="Minute">The minute of the event, UTC.</param>
public sealed record ObservationKey(
    string Service,
    string Environment,
    ReportedVersion Version,
    ObservedLocation Location,
    string FlagVariant,
    string InstanceGroup,
    string Source,
    string Sampling,
    DateTimeOffset Minute);
