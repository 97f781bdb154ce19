using System.Text;

namespace Airworthy.Git;

/// <summary>Decodes text of unknown encoding: UTF-8 where it is that, else Latin-1, so that no byte is lost.</summary>
internal static class GitText
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return s_strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }
}
