using System.Globalization;
using Airworthy.Model;
using Airworthy.Provenance.PullRequests;

namespace Airworthy.Cli.Gates;

/// <summary>Which pull request is meant: the one that was named, else the one that CI tells.</summary>
internal static class RequestNumber
{
    /// <param name="told">What was named; null when nothing was.</param>
    /// <param name="instead">How to name one, for messages.</param>
    /// <exception cref="PullRequestException">None is told, or what is told is no number.</exception>
    public static int Of(string? told, string instead) =>
        (told ?? CiChange.RequestNumber(Environment.GetEnvironmentVariable)) is { } text
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) && whole > 0
            ? whole
            : throw new PullRequestException(Fault.Usage, $"which pull request is meant is not told by CI; name it, as in '{instead}'");
}
