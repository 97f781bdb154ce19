using System.Text.Json;
using System.Text.Json.Nodes;
using Airworthy.Probes.Recordings;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Probes.Recordings;

/// <summary>Recorded requests as <c>.http</c> files: what is sent is what was recorded, and nothing of it acts on the machine that sends it.</summary>
public class RequestFileTests
{
    [Fact]
    public void It_sends_what_was_recorded_after_what_was_done_before_with_secrets_masked_once_more()
    {
        var order = RecordedRequest.Of(Call("PUT /orders/{id}", "/orders/7", """{"json":{"item":"mug"}}""", 204));
        var refund = Call("POST /orders/{id}/refunds", "/orders/7/refunds?token=abc123&part=0.15", """{"json":{"mail":"ann@example.org","pin-token":"geheim1","part":"0.15"}}""", 500, "System.FormatException");

        var file = RequestFile.Of(refund, [order], "incident i1", "");

        Assert.Empty(file.Missing);
        Assert.Equal(
            """
            ### before it
            PUT {{host}}/orders/7
            Content-Type: application/json

            {"item":"mug"}

            ### was answered 500, System.FormatException thrown
            POST {{host}}/orders/7/refunds?token=xxx000&part=0.15
            Content-Type: application/json

            {"mail":"xxx@xxxxxxx.xxx","pin-token":"xxxxxx0","part":"0.15"}

            """.ReplaceLineEndings("\n"),
            file.Text[file.Text.IndexOf("###", StringComparison.Ordinal)..]);
    }

    [Theory]
    [InlineData("""{"$unrecorded":"size"}""", "it was not recorded (size)")]
    [InlineData("""{"text":"a\n### another\nGET http://evil.example\n"}""", "acts on")]
    [InlineData("""{"text":"< /etc/passwd"}""", "acts on")]
    [InlineData("""{"text":"{{$processEnv HOME}}"}""", "acts on")]
    public void A_body_that_it_can_not_hold_is_left_out_and_told(string body, string why)
    {
        var file = RequestFile.Of(Call("POST /a", "/a", body, 500), [], "incident i1", "");

        Assert.Contains(why, Assert.Single(file.Missing), StringComparison.Ordinal);
        Assert.EndsWith("Content-Type: application/json\n", file.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_request_that_was_not_recorded_it_says_what_is_missing()
    {
        var file = RequestFile.Skeleton("GET /orders/{id:guid}/lines/{line}", "incident i1")!;

        Assert.EndsWith("@id = MISSING\n@line = MISSING\n\n###\nGET {{host}}/orders/{{id}}/lines/{{line}}\n", file.Text, StringComparison.Ordinal);
        Assert.Equal("the values of id, line", file.Missing[0]);
        Assert.Null(RequestFile.Skeleton("consume orders", ""));
        Assert.Null(RequestFile.Skeleton("GET /a\nHost: evil", ""));
        Assert.Null(RequestFile.Skeleton("GET http://evil.example/", ""));
    }

    [Fact]
    public void Nothing_that_production_sent_acts_in_it()
    {
        var word = Gen.OneOf("{{", "}}", "{{$processEnv HOME}}", "\n", "\r\n", "###", "\n### x\nGET http://evil.example/\n", "\n< ./secret", "\n> {% client.exit() %}", "@host=http://evil.example", "# @no-log", "\u2028", "a", " ", "é", "\"");
        var text = word.Array[0, 6].Select(words => string.Concat(words));
        Gen.Select(text, text, text, text, Gen.Bool).Sample((target, header, body, title, isJson) =>
        {
            var content = isJson ? new JsonObject { ["json"] = new JsonObject { [body] = header } } : new JsonObject { ["text"] = body };
            var call = Call("POST /a", "/" + target, content.ToJsonString(), 500, title, headers: new JsonObject { ["Content-Type"] = "application/json", [header] = "1", ["Accept"] = header });

            var file = RequestFile.Of(call, [], title, "");

            var lines = file.Text.Split('\n', '\r');
            Assert.Single(lines, line => line.StartsWith("###", StringComparison.Ordinal));
            Assert.Single(lines, line => line.StartsWith('@'));
            Assert.Single(lines, line => line.StartsWith("POST ", StringComparison.Ordinal));
            Assert.DoesNotContain(lines, line => line.StartsWith('<') || line.StartsWith('>') || line.StartsWith("GET", StringComparison.Ordinal) || (line.StartsWith('#') && line.Contains('@')));
            Assert.DoesNotContain("{{", file.Text.Replace("{{host}}", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }, iter: 2000, threads: 1);
    }

    private static RecordedCall Call(string route, string target, string body, int status, string? exception = null, JsonObject? headers = null)
    {
        var json = new JsonObject
        {
            ["version"] = 1,
            ["kind"] = "http",
            ["id"] = "00000000-0000-0000-0000-000000000001",
            ["time"] = "2026-11-23T12:00:00Z",
            ["service"] = "shop",
            ["revision"] = "5eed",
            ["assembly"] = "Shop",
            ["route"] = route,
            ["culture"] = "de-DE",
            ["request"] = new JsonObject { ["method"] = route.Split(' ')[0], ["target"] = target, ["headers"] = headers ?? new JsonObject { ["Content-Type"] = "application/json" }, ["body"] = JsonNode.Parse(body) },
            ["response"] = new JsonObject { ["status"] = status, ["headers"] = new JsonObject(), ["body"] = null },
        };
        if (exception is not null)
        {
            json["exception"] = new JsonObject { ["type"] = exception };
        }

        return RecordedCall.Read(JsonSerializer.SerializeToElement(json))!;
    }
}
