using System.Text.RegularExpressions;

namespace Airworthy.Probes.Recording;

/// <summary>
/// The forms that secrets and personal data have in text. Every repetition is bounded and every match has a time limit: the text is anybody's.
/// </summary>
internal static partial class SecretPatterns
{
    private const int MostMilliseconds = 1000;

    [GeneratedRegex(@"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]{1,253}\.[A-Za-z]{2,24}", RegexOptions.ExplicitCapture, MostMilliseconds)]
    public static partial Regex Email();

    /// <summary>Three parts of base64url, the first the start of a JSON object.</summary>
    [GeneratedRegex(@"eyJ[\w\-]{5,2048}\.[\w\-]{2,4096}\.[\w\-]{0,2048}", RegexOptions.ExplicitCapture, MostMilliseconds)]
    public static partial Regex WebToken();

    /// <summary>What follows a scheme of HTTP authentication.</summary>
    [GeneratedRegex(@"(?<=\b(bearer|basic) )[A-Za-z0-9._~+/=\-]{6,4096}", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, MostMilliseconds)]
    public static partial Regex Authorization();

    /// <summary>Keys that their issuers begin with a known prefix.</summary>
    [GeneratedRegex(@"\b(gh[pousr]_\w{20,255}|github_pat_\w{20,255}|glpat-[\w\-]{20,255}|xox[abprs]-[\w\-]{10,255}|sk[-_][\w\-]{16,255}|[sr]k_(live|test)_\w{10,255}|(AKIA|ASIA)[A-Z0-9]{16}|AIza[\w\-]{35}|npm_\w{36}|ya29\.[\w\-]{20,1024})", RegexOptions.ExplicitCapture, MostMilliseconds)]
    public static partial Regex Key();

    /// <summary>13 to 19 digits, alone or in groups; a card's only when its check digit fits.</summary>
    [GeneratedRegex(@"(?<!\d)(\d[ \-]?){12,18}\d(?!\d)", RegexOptions.ExplicitCapture, MostMilliseconds)]
    public static partial Regex Card();

    /// <summary>International, with a leading zero, or in North American groups. A bare run of digits is a number, not a phone.</summary>
    [GeneratedRegex(@"(?<![\w+.])(\+\d{1,3}[ \-./(]{0,2}(\d[ \-./()]{0,2}){5,12}\d|0\d{1,4}[ \-/](\d[ \-/]?){4,9}\d|(\(\d{3}\) ?|\d{3}[\-. ])\d{3}[\-. ]\d{4})(?!\w)", RegexOptions.ExplicitCapture, MostMilliseconds)]
    public static partial Regex Phone();
}
