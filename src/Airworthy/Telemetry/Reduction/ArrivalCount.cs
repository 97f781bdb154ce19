namespace Airworthy.Telemetry.Reduction;

/// <summary>How much one service and version sent, of one request at a time.</summary>
/// <param name="sender">Who, whatever its instance.</param>
internal sealed class ArrivalCount(Sender sender)
{
    /// <summary>True when the request holds anything of it.</summary>
    public bool IsCounted { get; set; }

    public long Spans { get; set; }

    public long Logs { get; set; }

    public long Exceptions { get; set; }

    public long WithCode { get; set; }

    public long UnknownSampling { get; set; }

    /// <summary>What was counted, which is forgotten here.</summary>
    public Arrival Take(DateTimeOffset at)
    {
        var taken = new Arrival(sender.Service, sender.Environment, sender.Version, at, Spans, Logs, Exceptions, WithCode, UnknownSampling);
        (Spans, Logs, Exceptions, WithCode, UnknownSampling, IsCounted) = (0, 0, 0, 0, 0, false);
        return taken;
    }
}
