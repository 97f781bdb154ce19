namespace Airworthy.Journeys.Queries;

/// <summary>The API's answer that lists services.</summary>
public sealed record ServiceList(IReadOnlyList<ServiceDiagnosis> Services);
