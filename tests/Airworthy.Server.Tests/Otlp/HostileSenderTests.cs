using System.Globalization;
using System.Net;
using System.Text;
using Xunit;
using static Airworthy.Server.Tests.Otlp.OtlpSamples;

namespace Airworthy.Server.Tests.Otlp;

/// <summary>What no sender should send, and some do, over the real receiver into the real store: it is counted, and the next request too.</summary>
public class HostileSenderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, byte[], string> Requests => new()
    {
        { "a time before 1970", Json("""  "endTimeUnixNano":"-5" """), "GET /" },
        { "a time at the end of all time", Json("""  "endTimeUnixNano":"18446744073709551615" """), "GET /" },
        { "a time that is zero", Json("""  "endTimeUnixNano":0 """), "GET /" },
        { "an end before the beginning", Json("""  "startTimeUnixNano":"1544712661000000000","endTimeUnixNano":"1544712660000000000" """), "GET /" },
        { "values that are no number", Json("""  "attributes":[{"key":"a","value":{"doubleValue":"NaN"}},{"key":"b","value":{"doubleValue":"-Infinity"}}] """), "GET /" },
        { "keys that come twice", Json("""  "attributes":[{"key":"http.route","value":{"stringValue":"/a"}},{"key":"http.route","value":{"stringValue":"/b"}}] """), "/a" },
        { "fields nobody knows", Json("""  "fieldOfTomorrow":{"a":[1,{"b":null}]} """), "GET /" },
        { "values within values", Json(Attribute(string.Concat(Enumerable.Repeat("{\"arrayValue\":{\"values\":[", 12)) + string.Concat(Enumerable.Repeat("]}}", 12)))), "GET /" },
        { "a text of ten million letters", Json(Attribute($"{{\"stringValue\":\"{new string('x', 10_000_000)}\"}}")), "GET /" },
        { "a name of a million letters", SpanWith(Encoding.UTF8.GetBytes(new string('n', 1_000_000))), new string('n', 512) },
        { "a name that is no UTF-8", SpanWith([(byte)'a', 0xFF, 0xFE, 0xC0]), "a\uFFFD\uFFFD\uFFFD" },
        { "values two thousand deep", SpanWith("GET /"u8, Field(9, [.. Field(1, "a"u8), .. Field(2, Deep(2_000))])), "GET /" },
        { "a hundred thousand attributes", SpanWith("GET /"u8, [.. Enumerable.Repeat(Field(9, [.. Field(1, "a"u8), .. Field(2, Field(1, "v"u8))]), 100_000).SelectMany(attribute => attribute)]), "GET /" },
        { "fields nobody knows, on the wire", SpanWith("GET /"u8, 0xC2, 0x3E, 3, 1, 2, 3), "GET /" },
        { "a trace id of a megabyte", SpanWith("GET /"u8, Field(1, new byte[1_000_000])), "GET /" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_span_counts_once_whatever_else_is_in_it(string why, byte[] request, string operation)
    {
        await using var host = await OtlpHost.StartAsync();
        var type = request[0] == '{' ? "application/json" : "application/x-protobuf";
        for (var i = 0; i < 2; i++)
        {
            using var answer = await host.PostAsync("/v1/traces", request, type);
            Assert.True(answer.IsSuccessStatusCode, $"{why}: {await answer.Content.ReadAsStringAsync(Cancel)}");
        }

        var total = Assert.Single(await host.Telemetry.TotalsAsync("shop", null, null, Cancel));
        Assert.Equal((1, operation), (total.Calls, total.Location.Operation));
    }

    [Fact]
    public async Task Counters_of_either_temporality_that_begin_anew_and_come_twice_add_up_to_what_was_counted()
    {
        await using var host = await OtlpHost.StartAsync();
        var begun = TimeProvider.System.GetUtcNow().AddHours(-1);
        // As it stands: 40, 45, fallen to 3 without a word, begun anew at 2. As it grew: 7, and once more 7.
        foreach (var (temporality, start, minute, value, repeats) in new[] { (2, 0, 1, 40, 2), (2, 0, 2, 45, 1), (2, 0, 3, 3, 1), (2, 4, 5, 2, 2), (1, 5, 6, 7, 2), (1, 6, 7, 7, 1) })
        {
            for (var i = 0; i < repeats; i++)
            {
                using var answer = await host.PostAsync("/v1/metrics", Counter(temporality, begun.AddMinutes(start), begun.AddMinutes(minute), value), "application/json");
                Assert.True(answer.IsSuccessStatusCode);
            }
        }

        // Out of its order: a reading of before adds nothing.
        using var late = await host.PostAsync("/v1/metrics", Counter(2, begun.AddMinutes(4), begun.AddMinutes(4.5), 1), "application/json");
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        Assert.Equal(45 + 3 + 2 + 7 + 7, (await host.Telemetry.TotalsAsync("shop", null, null, Cancel)).Sum(total => total.Calls));
    }

    [Fact]
    public async Task A_sender_that_repeats_every_batch_is_counted_once_whichever_way_it_sends()
    {
        await using var host = await OtlpHost.StartAsync();
        var batches = Enumerable.Range(0, 20).Select(i => SpanWith(Encoding.UTF8.GetBytes($"GET /{i}"))).ToList();
        foreach (var batch in batches.SelectMany(batch => new[] { batch, batch, batch }).Concat(batches))
        {
            using var answer = await host.PostAsync("/v1/traces", Gzip(batch), contentEncoding: "gzip");
            using var again = await host.PostAsync("/v1/traces", Zstd(batch), contentEncoding: "zstd");
            Assert.True(answer.IsSuccessStatusCode && again.IsSuccessStatusCode);
        }

        Assert.Equal(20, (await host.Telemetry.TotalsAsync("shop", null, null, Cancel)).Sum(total => total.Calls));
    }

    private static string Attribute(string value) => "\"attributes\":[{\"key\":\"a\",\"value\":" + value + "}]";

    private static byte[] Json(string fields) => Encoding.UTF8.GetBytes(
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"shop\"}}]},\"scopeSpans\":[{\"spans\":[{\"name\":\"GET /\",\"kind\":2,"
        + fields + "}]}]}]}");

    /// <summary>A value that holds a list with a value that holds a list, and so on.</summary>
    private static byte[] Deep(int levels)
    {
        var value = Field(1, "v"u8);
        for (var i = 0; i < levels; i++)
        {
            value = Field(5, Field(1, value));
        }

        return value;
    }

    private static byte[] Counter(int temporality, DateTimeOffset start, DateTimeOffset at, int value) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
        {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},"scopeMetrics":[{"metrics":[
         {"name":"airworthy.function.calls","sum":{"aggregationTemporality":{{{temporality}}},"isMonotonic":true,"dataPoints":[
          {"startTimeUnixNano":"{{{start.ToUnixTimeMilliseconds()}}}000000","timeUnixNano":"{{{at.ToUnixTimeMilliseconds()}}}000000","asInt":"{{{value}}}",
           "attributes":[{"key":"code.function.name","value":{"stringValue":"Shop.Place"}}]}]}}]}]}]}
        """));
}
