using Airworthy.Telemetry.Workflows;

namespace Airworthy.Telemetry.Reduction;

/// <summary>A sender, and where what it sends is counted.</summary>
/// <param name="Number">Tells it apart from others whose resource was told in other bytes.</param>
/// <param name="Sender">Who it is.</param>
/// <param name="Arrived">How much it sent.</param>
/// <param name="Traces">The steps of its traces.</param>
internal sealed record SentBy(int Number, Sender Sender, ArrivalCount Arrived, TraceAssembly.OfSender Traces);
