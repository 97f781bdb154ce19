namespace Airworthy.Journeys.Queries;

/// <summary>What arrived of one version of a service in one environment.</summary>
/// <param name="Environment">The environment; empty when not told.</param>
/// <param name="Version">The version as sent. From a sender: hostile.</param>
/// <param name="Revision">The commit it resolves to; null while the service is matched to no repository.</param>
/// <param name="FirstSeen">UTC.</param>
/// <param name="LastSeen">UTC.</param>
/// <param name="Spans">Spans that arrived.</param>
/// <param name="Logs">Log records that arrived.</param>
/// <param name="Exceptions">Exceptions among them.</param>
/// <param name="WithCode">Spans that name their code.</param>
/// <param name="UnknownSampling">Spans whose sampling is not known.</param>
public sealed record ServiceVersion(
    string Environment,
    string Version,
    RunningRevision? Revision,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    long Spans,
    long Logs,
    long Exceptions,
    long WithCode,
    long UnknownSampling);
