using OpenTelemetry;

namespace Airworthy.ProbeCosts;

/// <summary>An exporter to nowhere: what is measured is the cost in the app.</summary>
internal sealed class Dropped<T> : BaseExporter<T>
    where T : class
{
    public override ExportResult Export(in Batch<T> batch) => ExportResult.Success;
}
