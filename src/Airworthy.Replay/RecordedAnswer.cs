using System.Text;
using System.Text.Json;

namespace Airworthy.Replay;

/// <summary>What came back from one outward call when it was recorded.</summary>
internal sealed class RecordedAnswer(JsonElement call)
{
    private readonly string _method = call.GetProperty("method").GetString() ?? "";
    private readonly Uri? _address = Uri.TryCreate(call.GetProperty("address").GetString(), UriKind.Absolute, out var address) ? address : null;

    /// <summary>The status; null when nothing came back, or what came back was not kept.</summary>
    public int? Status { get; } = call.TryGetProperty("answer", out var answer) && BytesOf(answer) is not null ? answer.GetProperty("status").GetInt32() : null;

    /// <summary>True when the app gave it up before anything came back.</summary>
    public bool IsCancelled { get; } = call.TryGetProperty("failed", out var failed) && failed.GetString() == "cancelled";

    public IEnumerable<(string Name, string Value)> Headers => call.GetProperty("answer").GetProperty("headers").EnumerateObject()
        .Select(header => (header.Name, header.Value.GetString() ?? ""));

    public byte[] Body => BytesOf(call.GetProperty("answer")) ?? [];

    /// <summary>How much it is the call that is asked about: 3 the same address, 2 the same path, 1 the same but for ids, 0 another.</summary>
    public int Closeness(string method, Uri address) =>
        _address is null || !string.Equals(_method, method, StringComparison.OrdinalIgnoreCase) ? 0
            : _address == address ? 3
            : _address.AbsolutePath == address.AbsolutePath ? 2
            // Of a client that stands in, only what came behind its own address is known.
            : address.Host == RecordedClients.AnyHost && _address.AbsolutePath.EndsWith(address.AbsolutePath, StringComparison.Ordinal) ? 2
            : WithoutIds(_address) == WithoutIds(address) ? 1 : 0;

    private static byte[]? BytesOf(JsonElement answer) => answer.GetProperty("body") switch
    {
        { ValueKind: JsonValueKind.Null } => [],
        var body when body.TryGetProperty("json", out var json) => Encoding.UTF8.GetBytes(json.GetRawText()),
        var body when body.TryGetProperty("text", out var text) => Encoding.UTF8.GetBytes(text.GetString() ?? ""),
        _ => null,
    };

    private static string WithoutIds(Uri address) => string.Join('/', address.AbsolutePath.Split('/').Select(part => part.Any(char.IsAsciiDigit) ? "{}" : part));
}
