using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Airworthy.Bench.Intake;

/// <summary>
/// Exports as the .NET SDK makes them: a web service with its own instrumentation and ASP.NET Core's and HttpClient's is asked, and what its exporter sends is kept.
/// </summary>
internal static class Corpus
{
    /// <summary>Spans of one export: the SDK's own batch.</summary>
    public const int BatchSpans = 512;

    private static readonly ActivitySource s_source = new("Shop");

    private static readonly (string Route, string[] Work)[] s_routes =
    [
        ("/orders/{id}", ["Shop.Orders.OrderStore.FindAsync", "Shop.Orders.Pricing.Total"]),
        ("/orders/{id}/lines", ["Shop.Orders.OrderStore.LinesAsync", "Shop.Orders.Pricing.Line", "Shop.Orders.Pricing.Line"]),
        ("/products", ["Shop.Catalog.ProductStore.ListAsync", "Shop.Catalog.Prices.Of"]),
        ("/products/{sku}", ["Shop.Catalog.ProductStore.FindAsync"]),
        ("/stock/{sku}", ["Shop.Stock.StockStore.CountAsync"]),
        ("/stock/{sku}/reserve", ["Shop.Stock.StockStore.ReserveAsync", "Shop.Stock.StockStore.CountAsync"]),
        ("/customers/{id}", ["Shop.Customers.CustomerStore.FindAsync"]),
        ("/customers/{id}/orders", ["Shop.Customers.CustomerStore.FindAsync", "Shop.Orders.OrderStore.OfCustomerAsync", "Shop.Orders.Pricing.Total"]),
        ("/refunds/{id}", ["Shop.Refunds.RefundStore.FindAsync", "Shop.Refunds.Rules.Allows"]),
        ("/search/{text}", ["Shop.Search.Index.Query", "Shop.Search.Ranking.Sort"]),
    ];

    /// <summary>Records so many exports.</summary>
    public static async Task<List<byte[]>> RecordAsync(int exports)
    {
        var bodies = new List<byte[]>();
        var enough = new TaskCompletionSource();
        await using var capture = Build();
        capture.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            bodies.Add(body.ToArray());
            if (bodies.Count == exports)
            {
                enough.TrySetResult();
            }
        });
        await capture.StartAsync();

        await using var shop = Build();
        foreach (var (route, work) in s_routes)
        {
            shop.MapGet(route, context => AnswerAsync(context, work));
        }

        await shop.StartAsync();
        using var traces = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddService("shop", serviceVersion: "3f2a91c0b7d4e5f60718293a4b5c6d7e8f901234", serviceInstanceId: "shop-7c9f4-x2x8k"))
            .AddSource(s_source.Name)
            .AddAspNetCoreInstrumentation(options => options.Filter = context => context.Request.Path != "/v1/traces")
            .AddHttpClientInstrumentation()
            .AddOtlpExporter(options =>
            {
                options.Protocol = OtlpExportProtocol.HttpProtobuf;
                options.Endpoint = new Uri(capture.Urls.First() + "/v1/traces");
                options.BatchExportProcessorOptions.MaxQueueSize = 1 << 16;
                options.BatchExportProcessorOptions.MaxExportBatchSize = BatchSpans;
            })
            .Build();

        using var client = new HttpClient { BaseAddress = new Uri(shop.Urls.First()) };
        for (var i = 0; !enough.Task.IsCompleted; i++)
        {
            using var answer = await client.GetAsync(new Uri(s_routes[i % s_routes.Length].Route.Replace("{", "", StringComparison.Ordinal).Replace("}", $"-{i}", StringComparison.Ordinal), UriKind.Relative));
        }

        return bodies[..exports];
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        return builder.Build();
    }

    private static async Task AnswerAsync(HttpContext context, string[] work)
    {
        for (var i = 0; i < work.Length; i++)
        {
            using var activity = s_source.StartActivity(work[i])!;
            activity.SetTag("code.function.name", work[i]);
            activity.SetTag("code.file.path", $"src/{string.Join('/', work[i].Split('.')[..^1])}.cs");
            activity.SetTag("code.line.number", 20 + (13 * i));
            using var query = s_source.StartActivity("SELECT shop", ActivityKind.Client)!;
            query.SetTag("db.system.name", "postgresql");
            query.SetTag("db.namespace", "shop");
            query.SetTag("db.query.text", "SELECT id, customer, placed_at, total_cents FROM orders WHERE id = $1 ORDER BY placed_at DESC LIMIT 50");
            query.SetTag("server.address", "db.internal");
            query.SetTag("server.port", 5432);
        }

        if (context.Request.Path.Value!.EndsWith('7') && work.Length == 1)
        {
            Activity.Current?.AddException(new InvalidOperationException("no such row"));
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }

        await context.Response.WriteAsync("{}");
    }
}
