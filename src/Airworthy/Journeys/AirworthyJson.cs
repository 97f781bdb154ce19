using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Airworthy.Journeys;

/// <summary>How answers are written as JSON, by every verb and the API alike: camelCase names, kebab-case enumerations, times as ISO 8601.</summary>
public static class AirworthyJson
{
    /// <summary>For the API and for NDJSON: one line.</summary>
    public static JsonSerializerOptions Compact { get; } = Create(indented: false);

    /// <summary>For people who read JSON.</summary>
    public static JsonSerializerOptions Indented { get; } = Create(indented: true);

    /// <summary>Sets <paramref name="options"/> to the product's ways.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.RespectNullableAnnotations = true;
        options.Encoder = JavaScriptEncoder.Default;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Create(bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = indented };
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
