using Airworthy.Model;

namespace Airworthy.Telemetry;

/// <summary>Calls and failures summed over minutes.</summary>
public sealed record ObservedTotal(
    string Service, ReportedVersion Version, ObservedLocation Location, string Source, long Calls, long Bad, int Instances);
