using Airworthy.Probes.Recording;
using Xunit;

namespace Airworthy.Probes.Tests.Recording;

/// <summary>What looks like a secret keeps its shape and nothing else.</summary>
public sealed class RedactorTests
{
    [Theory]
    [InlineData("to ann.lee@example.org now", "to xxx.xxx@xxxxxxx.xxx now", "e-mail")]
    [InlineData("card 4111 1111 1111 1111.", "card 0000 0000 0000 0000.", "card")]
    [InlineData("call +49 30 1234567", "call +00 00 0000000", "phone")]
    [InlineData("call 555-867-5309", "call 000-000-0000", "phone")]
    [InlineData("Bearer abcDEF123", "Bearer xxxxxx000", "token")]
    [InlineData("eyJhbGciOiJ9.eyJzdWIiOiJ9.c2ln", "xxxxxxxxxxx0.xxxxxxxxxxx0.x0xx", "token")]
    [InlineData("key AKIAABCDEFGHIJKLMNOP", "key xxxxxxxxxxxxxxxxxxxx", "token")]
    public void What_looks_like_a_secret_is_masked_in_its_shape(string text, string kept, string rule)
    {
        var redactor = new Redactor();
        Assert.Equal(kept, redactor.Text(text));
        Assert.Equal(1, redactor.Counts[rule]);
    }

    [Theory]
    [InlineData("order 4111111111111112")]
    [InlineData("2026-11-23 14:40")]
    [InlineData("version 1.22.333")]
    [InlineData("12345678 pieces")]
    public void What_only_has_digits_is_kept(string text)
    {
        var redactor = new Redactor();
        Assert.Equal(text, redactor.Text(text));
        Assert.Empty(redactor.Counts);
    }

    [Theory]
    [InlineData("Set-Cookie", true)]
    [InlineData("API_KEY", true)]
    [InlineData("refreshToken", true)]
    [InlineData("amount", false)]
    public void A_name_tells_a_secret_however_it_is_spelt(string name, bool isSecret) => Assert.Equal(isSecret, new Redactor().IsSecretName(name));

    [Fact]
    public void Own_names_and_patterns_are_taken_out_too()
    {
        var redactor = new Redactor(RedactionRules.Parse("customer_no; /ORD-[0-9]+/"));
        Assert.True(redactor.IsSecretName("CustomerNo"));
        Assert.Equal("of XXX-00", redactor.Text("of ORD-17").ToUpperInvariant().Replace("OF", "of", StringComparison.Ordinal));
        Assert.Equal(1, redactor.Counts["own pattern"]);
    }

    [Theory]
    [InlineData("/(/")]
    [InlineData("/(a)\\1/")]
    public void A_pattern_that_is_none_is_refused(string rules) =>
        Assert.Contains("AIRWORTHY_REDACT", Assert.Throws<FormatException>(() => RedactionRules.Parse(rules)).Message, StringComparison.Ordinal);
}
