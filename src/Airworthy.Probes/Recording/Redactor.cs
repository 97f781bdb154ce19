using System.Text.RegularExpressions;

namespace Airworthy.Probes.Recording;

/// <summary>
/// Takes secrets and personal data out of what is recorded, by name and by pattern. What is taken out keeps its shape (letters become x, digits 0,
/// the rest stays), so that a replay takes the same branches on length and format.
/// </summary>
internal sealed class Redactor(RedactionRules rules)
{
    private static readonly string[] s_secretNames =
    [
        "password", "passwd", "passphrase", "pwd", "secret", "token", "authorization", "cookie", "credential", "apikey", "accesskey", "privatekey",
        "connectionstring", "cardnumber", "creditcard", "cvv", "cvc", "iban", "ssn", "email", "phone", "signature", "session",
    ];

    public Redactor()
        : this(RedactionRules.None)
    {
    }

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>How many values each rule took out.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>Whether what bears this name is taken out whole; case, underscores and hyphens don't matter.</summary>
    public bool IsSecretName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var plain = RedactionRules.Plain(name);
        return Array.Exists(s_secretNames, secret => plain.Contains(secret, StringComparison.OrdinalIgnoreCase))
            || rules.Names.Any(secret => plain.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The shape of a text, and nothing of what it says.</summary>
    public string Mask(string text, string rule)
    {
        Count(rule);
        return Shape(text);
    }

    /// <summary>Tells that a value that has no shape to keep was taken out.</summary>
    public void Count(string rule) => _counts[rule] = _counts.GetValueOrDefault(rule) + 1;

    /// <summary>The text with all that looks like a secret masked.</summary>
    public string Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            text = Replace(text, SecretPatterns.WebToken(), "token");
            text = Replace(text, SecretPatterns.Authorization(), "token");
            text = Replace(text, SecretPatterns.Key(), "token");
            text = Replace(text, SecretPatterns.Email(), "e-mail");
            text = SecretPatterns.Card().Replace(text, match => PassesLuhn(match.ValueSpan) ? Mask(match.Value, "card") : match.Value);
            text = Replace(text, SecretPatterns.Phone(), "phone");
            foreach (var pattern in rules.Patterns)
            {
                text = Replace(text, pattern, "own pattern");
            }

            return text;
        }
        catch (RegexMatchTimeoutException)
        {
            // What can't be searched in time is not kept.
            return Mask(text, "unsearchable");
        }
    }

    private string Replace(string text, Regex pattern, string rule) => pattern.Replace(text, match => Mask(match.Value, rule));

    private static string Shape(string text) => string.Create(text.Length, text, static (to, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = char.IsSurrogate(from[i]) || char.IsLetter(from[i]) ? 'x' : char.IsDigit(from[i]) ? '0' : from[i];
        }
    });

    /// <summary>The check of ISO/IEC 7812-1 that card numbers pass and nine of ten other numbers don't.</summary>
    private static bool PassesLuhn(ReadOnlySpan<char> text)
    {
        var (sum, doubled) = (0, false);
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                continue;
            }

            var digit = (text[i] - '0') << (doubled ? 1 : 0);
            sum += digit > 9 ? digit - 9 : digit;
            doubled = !doubled;
        }

        return sum % 10 == 0;
    }
}
