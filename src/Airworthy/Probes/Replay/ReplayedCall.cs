using System.Text.Json;
using System.Text.Json.Serialization;

namespace Airworthy.Probes.Replay;

/// <summary>What one recorded call came to in one build.</summary>
/// <param name="State">How it ended.</param>
/// <param name="Reason">Why it could not be replayed; empty otherwise.</param>
/// <param name="Outcome">What it returned or threw, and what it changed; null when it did not end.</param>
public sealed record ReplayedCall(ReplayState State, string Reason, JsonElement? Outcome)
{
    /// <summary>The result, exception or status alone, which a recording has too.</summary>
    [JsonIgnore]
    public JsonElement? Answer => Outcome is not { } outcome ? null
        : outcome.TryGetProperty("exception", out var exception) ? exception
        : outcome.TryGetProperty("result", out var result) ? result
        : outcome.TryGetProperty("status", out var status) ? status : null;
}
