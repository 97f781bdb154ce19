using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Airworthy.Alerts;

/// <summary>Writes a happening as a CloudEvent 1.0 in structured mode (<c>application/cloudevents+json</c>).</summary>
public static class CloudEvent
{
    /// <summary>The media type.</summary>
    public const string ContentType = "application/cloudevents+json";

    /// <summary>The beginning of all types.</summary>
    public const string Prefix = "dev.airworthy.";

    /// <summary>The id that tells a repeated delivery: the same for each try and each target.</summary>
    public static string IdOf(Happening happening) => happening.Sequence.ToString(CultureInfo.InvariantCulture);

    /// <summary>The event.</summary>
    /// <param name="happening">What happened.</param>
    /// <param name="source">Which server tells.</param>
    public static byte[] Write(Happening happening, Uri source)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", IdOf(happening));
            json.WriteString("source", source.AbsoluteUri);
            json.WriteString("type", Prefix + happening.Type);
            json.WriteString("subject", happening.Subject);
            json.WriteString("time", happening.At.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
            json.WriteString("datacontenttype", "application/json");
            json.WritePropertyName("data");
            json.WriteRawValue(Encoding.UTF8.GetBytes(happening.Body));
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
