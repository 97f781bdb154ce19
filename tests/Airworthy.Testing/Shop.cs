using System.Globalization;
using System.Text.Json.Nodes;

namespace Airworthy.Testing;

/// <summary>A small shop's repository, in which an agent's commit fails on an unusual input, and the telemetry of its service.</summary>
public static class Shop
{
    public const string Coupons = "src/Shop/Coupons.cs";

    private const string AgentsTrailer = "Co-Authored-By: Claude <noreply@anthropic.com>";

    /// <summary>A person's shop, and an agent's commit that reads coupons in the server's own culture.</summary>
    public static (RepositoryBuilder Repository, string Culprit) Build()
    {
        var repository = Open();
        var culprit = Change(repository);
        repository.Write("README.md", "A shop.\n").Commit("Describe the shop");
        return (repository, culprit);
    }

    /// <summary>The person's shop alone.</summary>
    public static RepositoryBuilder Open()
    {
        var repository = new RepositoryBuilder();
        repository
            .Write("airworthy.yml", "version: 1\nservices: [shop]\n")
            .Write("src/Shop/Prices.cs", Prices)
            .Write("src/Shop/Tax.cs", Tax)
            .Write(Coupons, Before)
            .Commit("Sell things");
        return repository;
    }

    /// <summary>The agent's commit alone.</summary>
    /// <param name="repository">The shop.</param>
    /// <param name="trailers">More trailers of its message, a line each.</param>
    public static string Change(RepositoryBuilder repository, string trailers = "") =>
        repository.Wait(TimeSpan.FromHours(1)).Write(Coupons, After).Commit($"Read percentages of coupons\n\n{trailers}{AgentsTrailer}\n");

    /// <summary>A trace request with one failed span, as OTLP/JSON.</summary>
    /// <param name="revision">The commit that ran; null: none is told.</param>
    /// <param name="trace">The trace id's last digits.</param>
    /// <param name="message">The exception's message.</param>
    /// <param name="at">When, in nanoseconds since 1970; now when left out.</param>
    public static string Failure(string? revision, int trace, string message = "The input string '12,5' was not in a correct format.", string? at = null)
    {
        var now = at ?? (TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000).ToString(CultureInfo.InvariantCulture);
        var resource = new JsonArray(Attribute("service.name", "shop"));
        if (revision is not null)
        {
            resource.Add(Attribute("vcs.ref.head.revision", revision));
        }

        var stack = $"""
            System.FormatException: {message}
               at System.Number.ThrowFormatException[TChar](ReadOnlySpan`1 value)
               at System.Decimal.Parse(String s)
               at Shop.Coupons.Percent(String text) in /build/src/Shop/Coupons.cs:line 10
               at Shop.Prices.Total(Decimal price, String coupon) in /build/src/Shop/Prices.cs:line 5
            """;
        var span = new JsonObject
        {
            ["traceId"] = "5b8efff798038103d269b633" + trace.ToString("x8", CultureInfo.InvariantCulture),
            ["spanId"] = "eee19b7ec3c1b174",
            ["name"] = "GET /orders/{id}",
            ["kind"] = 2,
            ["startTimeUnixNano"] = now,
            ["endTimeUnixNano"] = now,
            ["attributes"] = new JsonArray(
                Attribute("code.function.name", "Shop.Coupons.Percent"), Attribute("code.file.path", "/build/src/Shop/Coupons.cs")),
            ["status"] = new JsonObject { ["code"] = 2 },
            ["events"] = new JsonArray(new JsonObject
            {
                ["name"] = "exception",
                ["timeUnixNano"] = now,
                ["attributes"] = new JsonArray(
                    Attribute("exception.type", "System.FormatException"),
                    Attribute("exception.message", message),
                    Attribute("exception.stacktrace", stack)),
            }),
        };
        return new JsonObject
        {
            ["resourceSpans"] = new JsonArray(new JsonObject
            {
                ["resource"] = new JsonObject { ["attributes"] = resource },
                ["scopeSpans"] = new JsonArray(new JsonObject { ["spans"] = new JsonArray(span) }),
            }),
        }.ToJsonString();
    }

    private static JsonObject Attribute(string key, string value) =>
        new() { ["key"] = key, ["value"] = new JsonObject { ["stringValue"] = value } };

    private const string Prices = """
        namespace Shop;

        public static class Prices
        {
            public static decimal Total(decimal price, string coupon) => price * (1 - Coupons.Percent(coupon) / 100);
        }

        """;

    private const string Tax = """
        namespace Shop;

        public static class Tax
        {
            public static decimal Of(decimal price) => price * 0.19m;
        }

        """;

    private const string Before = """
        using System.Globalization;

        namespace Shop;

        public static class Coupons
        {
            /// <summary>The percentage that a coupon takes off.</summary>
            public static decimal Percent(string text)
            {
                return int.Parse(text, CultureInfo.InvariantCulture);
            }
        }

        """;

    private const string After = """
        using System.Globalization;

        namespace Shop;

        public static class Coupons
        {
            /// <summary>The percentage that a coupon takes off.</summary>
            public static decimal Percent(string text)
            {
                return decimal.Parse(text.TrimEnd('%'));
            }
        }

        """;
}
