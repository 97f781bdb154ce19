using System.Globalization;
using System.Text;
using Airworthy.Model;
using Microsoft.AspNetCore.Http;

namespace Airworthy.Server.Pages;

/// <summary>
/// A page without the characters that a reader does not see and a browser obeys: bidirectional controls, zero-width characters and the like, written out or
/// as references. Escaping keeps a text of outside from being markup; this keeps it from reading as another text than it is.
/// </summary>
internal sealed class InertPage(IResult page) : IResult
{
    /// <summary>The longest <c>&amp;#…;</c> that names a character.</summary>
    private const int LongestReference = 10;

    public async Task ExecuteAsync(HttpContext context)
    {
        var body = context.Response.Body;
        using var written = new MemoryStream();
        context.Response.Body = written;
        try
        {
            await page.ExecuteAsync(context);
        }
        finally
        {
            context.Response.Body = body;
        }

        await context.Response.WriteAsync(Clean(Encoding.UTF8.GetString(written.GetBuffer(), 0, (int)written.Length)), context.RequestAborted);
    }

    /// <summary>The page without what does not show.</summary>
    public static string Clean(string html)
    {
        var clean = new StringBuilder(html.Length);
        for (var at = 0; at < html.Length;)
        {
            var (rune, length) = Next(html.AsSpan(at));
            if (rune.Value is '\n' or '\r' or '\t' || InertText.Shows(rune))
            {
                clean.Append(html, at, length);
            }

            at += length;
        }

        return clean.ToString();
    }

    /// <summary>The character that a text begins with, also where it is told by a reference, and how much of the text it takes.</summary>
    private static (Rune Rune, int Length) Next(ReadOnlySpan<char> html)
    {
        if (html.StartsWith("&#", StringComparison.Ordinal) && html[..Math.Min(html.Length, LongestReference)].IndexOf(';') is var end and > 2)
        {
            var number = html[2..end];
            var isHex = number[0] is 'x' or 'X';
            if (int.TryParse(isHex ? number[1..] : number, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                && Rune.IsValid(value))
            {
                return (new Rune(value), end + 1);
            }
        }

        Rune.DecodeFromUtf16(html, out var rune, out var length);
        return (rune, length);
    }
}
