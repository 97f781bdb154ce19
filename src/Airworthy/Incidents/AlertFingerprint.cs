using System.Security.Cryptography;
using System.Text;

namespace Airworthy.Incidents;

/// <summary>What groups reports without a stack trace: the source's own key, else what is said, its variable parts taken out.</summary>
internal static class AlertFingerprint
{
    /// <summary>Sixteen hexadecimal digits.</summary>
    public static string Of(IncidentReport report) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(report.Key is { } key ? $"alert\n{report.Source}\n{key}" : $"symptom\n{Stable(report.Title)}")), 0, 8);

    /// <summary>Words in small letters; whatever holds a digit, and what stands in quotes, varies and is one mark.</summary>
    internal static string Stable(string title)
    {
        var text = new StringBuilder();
        foreach (var word in title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var bare = word.Trim('.', ',', ':', ';', '(', ')', '[', ']', '!', '?');
            text.Append(bare.Any(char.IsDigit) || (bare.Length > 1 && bare[0] is '\'' or '"' or '`') ? "#" : bare.ToLowerInvariant()).Append(' ');
        }

        return text.ToString();
    }
}
