using Airworthy.Model;

namespace Airworthy.Journeys.Repositories;

/// <summary>A URL that a repository may be cloned from: https, ssh or file, and nothing that git could take for a command or an option.</summary>
/// <param name="Text">The URL as git gets it.</param>
/// <param name="Name">The name the clone is known by.</param>
internal sealed record CloneUrl(string Text, string Name)
{
    private const int Longest = 2000;
    private static readonly string[] s_schemes = ["https", "ssh", "file"];

    /// <summary>True when the text is meant as a URL rather than a folder.</summary>
    public static bool IsUrl(string text) => text.Contains("://", StringComparison.Ordinal);

    /// <exception cref="JourneyException">It is no URL to clone from.</exception>
    public static CloneUrl Parse(string text)
    {
        if (text.Length > Longest || !Uri.TryCreate(text, UriKind.Absolute, out var url) || !s_schemes.Contains(url.Scheme, StringComparer.Ordinal))
        {
            throw new JourneyException(Fault.Usage, "A repository is cloned by https://, ssh:// or file://; give such a URL, or a folder.");
        }

        if (url.UserInfo.Contains(':', StringComparison.Ordinal))
        {
            throw new JourneyException(
                Fault.Usage, "The URL holds a password, which would be kept in the clone; set up a git credential helper for the server instead.");
        }

        if (url.Host.StartsWith('-') || text.Any(char.IsControl))
        {
            throw new JourneyException(Fault.Usage, "The URL's host is not one.");
        }

        var last = Uri.UnescapeDataString(url.AbsolutePath.TrimEnd('/'));
        last = last[(last.LastIndexOf('/') + 1)..];
        var name = last.EndsWith(".git", StringComparison.Ordinal) ? last[..^4] : last;
        return name.Length is > 0 and <= 100 && name[0] is not '.' and not '-' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            ? new CloneUrl(text, name)
            : throw new JourneyException(Fault.Usage, "The URL does not end in a repository's name, such as https://example.org/shop.git.");
    }
}
