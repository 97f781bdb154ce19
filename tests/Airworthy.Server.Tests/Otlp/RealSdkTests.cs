using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Xunit;

namespace Airworthy.Server.Tests.Otlp;

/// <summary>The stock OpenTelemetry SDK for .NET, exporting to our endpoints.</summary>
public class RealSdkTests
{
    private const string Sha = "0123456789abcdef0123456789abcdef01234567";

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task Spans_are_counted_with_their_version_and_failures(OtlpExportProtocol protocol)
    {
        await using var host = await OtlpHost.StartAsync();
        using var source = new ActivitySource($"shop-{protocol}");
        using (Tracing(source, host, protocol))
        {
            for (var i = 0; i < 5; i++)
            {
                using var activity = source.StartActivity("POST", ActivityKind.Server);
                activity!.SetTag("http.request.method", "POST");
                activity.SetTag("http.route", "/orders/{id}");
                if (i == 4)
                {
                    activity.AddException(Thrown());
                    activity.SetStatus(ActivityStatusCode.Error);
                }
            }
        }

        var total = Assert.Single(await host.Telemetry.TotalsAsync("shop", null, null, TestContext.Current.CancellationToken));
        Assert.Equal("POST /orders/{id}", total.Location.Operation);
        Assert.Equal((5, 1, 1), (total.Calls, total.Bad, total.Instances));
        Assert.Equal($"1.2.0+{Sha}", total.Version.ServiceVersion);
        Assert.Equal(Sha, total.Version.HeadRevision);

        var sighting = Assert.Single(await host.Telemetry.SightingsAfterAsync(0, 10, TestContext.Current.CancellationToken)).Sighting;
        Assert.Equal("System.InvalidOperationException", sighting.Type);
        Assert.Equal("no such coupon", sighting.Message);
        Assert.Contains(nameof(Thrown), sighting.StackTrace, StringComparison.Ordinal);
        Assert.Equal("production", sighting.Environment);
        Assert.Equal(32, sighting.TraceId!.Length);
    }

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task An_exception_on_the_span_and_in_the_log_is_one(OtlpExportProtocol protocol)
    {
        await using var host = await OtlpHost.StartAsync();
        using var source = new ActivitySource($"shop-logs-{protocol}");
        using (Tracing(source, host, protocol))
        using (var loggers = LoggerFactory.Create(logging => logging.AddOpenTelemetry(o => o
            .SetResourceBuilder(Resource())
            .AddOtlpExporter(e => Configure(e, host, protocol, "v1/logs")))))
        {
            var logger = loggers.CreateLogger("shop");
            using (var activity = source.StartActivity("GET /", ActivityKind.Server))
            {
                var thrown = Thrown();
                activity!.AddException(thrown);
                logger.LogError(thrown, "request failed");
            }

            logger.LogError(Thrown(), "a timer failed, outside any trace");
        }

        var sightings = await host.Telemetry.SightingsAfterAsync(0, 10, TestContext.Current.CancellationToken);
        Assert.Equal(2, sightings.Count);
        Assert.Single(sightings, s => s.Sighting.TraceId is null);
        Assert.Equal(3, (await host.Telemetry.ArrivalsAsync("shop", TestContext.Current.CancellationToken)).Sum(a => a.Exceptions));
    }

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("no such coupon");
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }

    private static ResourceBuilder Resource() => ResourceBuilder.CreateEmpty()
        .AddService("shop", serviceVersion: $"1.2.0+{Sha}", serviceInstanceId: "one")
        .AddAttributes([new("vcs.ref.head.revision", Sha), new("deployment.environment", "production")]);

    private static TracerProvider Tracing(ActivitySource source, OtlpHost host, OtlpExportProtocol protocol) => Sdk.CreateTracerProviderBuilder()
        .AddSource(source.Name)
        .SetResourceBuilder(Resource())
        .AddOtlpExporter(exporter => Configure(exporter, host, protocol, "v1/traces"))
        .Build();

    private static void Configure(OtlpExporterOptions options, OtlpHost host, OtlpExportProtocol protocol, string path)
    {
        options.Protocol = protocol;
        options.Endpoint = protocol == OtlpExportProtocol.Grpc ? host.GrpcAddress : new Uri(host.Http.BaseAddress!, path);
    }
}
