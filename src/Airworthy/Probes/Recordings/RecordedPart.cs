using System.Text.Json;

namespace Airworthy.Probes.Recordings;

/// <summary>A lambda or local function of which a call was recorded.</summary>
/// <param name="Name"><c>lambda</c>, or the local function's name.</param>
/// <param name="Ordinal">Which it is of its member's parts of that name, from 1 in the order of the source.</param>
/// <param name="Of">How many parts of that name its member had.</param>
public sealed record RecordedPart(string Name, int Ordinal, int Of)
{
    /// <summary>Reads one; throws as <see cref="JsonElement"/> does where it is none.</summary>
    internal static RecordedPart Read(JsonElement part) =>
        new(part.GetProperty("name").GetString() ?? "", part.GetProperty("ordinal").GetInt32(), part.GetProperty("of").GetInt32());
}
