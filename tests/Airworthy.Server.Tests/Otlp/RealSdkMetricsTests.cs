using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Xunit;

namespace Airworthy.Server.Tests.Otlp;

/// <summary>Counters of the stock OpenTelemetry SDK for .NET, exported again and again as it does every minute.</summary>
public class RealSdkMetricsTests
{
    [Theory]
    [InlineData(OtlpExportProtocol.Grpc, MetricReaderTemporalityPreference.Cumulative)]
    [InlineData(OtlpExportProtocol.HttpProtobuf, MetricReaderTemporalityPreference.Cumulative)]
    [InlineData(OtlpExportProtocol.HttpProtobuf, MetricReaderTemporalityPreference.Delta)]
    public async Task Calls_that_probes_counted_add_up_to_what_was_made(OtlpExportProtocol protocol, MetricReaderTemporalityPreference temporality)
    {
        await using var host = await OtlpHost.StartAsync();
        var name = $"probes-{protocol}-{temporality}";
        using var meter = new Meter(name);
        var (calls, failures) = (meter.CreateCounter<long>("airworthy.function.calls"), meter.CreateCounter<long>("airworthy.function.failures"));
        KeyValuePair<string, object?>[] place = [new("code.function.name", "Shop.Orders.Place"), new("code.file.path", "src/Orders.cs"), new("code.line.number", 12)];
        using (var provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(name)
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("shop", serviceVersion: "1.2.0", serviceInstanceId: "one"))
            .AddOtlpExporter((exporter, reader) =>
            {
                exporter.Protocol = protocol;
                exporter.Endpoint = protocol == OtlpExportProtocol.Grpc ? host.GrpcAddress : new Uri(host.Http.BaseAddress!, "v1/metrics");
                reader.TemporalityPreference = temporality;
            })
            .Build())
        {
            for (var minute = 0; minute < 3; minute++)
            {
                calls.Add(10 + minute, place);
                failures.Add(1, [.. place, new("error.type", $"E{minute}")]);
                Assert.True(provider.ForceFlush());
            }
        }

        var total = Assert.Single(await host.Telemetry.TotalsAsync("shop", null, null, TestContext.Current.CancellationToken));
        Assert.Equal((33, 3, 1, "probe"), (total.Calls, total.Bad, total.Instances, total.Source));
        Assert.Equal("Shop.Orders.Place", total.Location.Function);
    }
}
