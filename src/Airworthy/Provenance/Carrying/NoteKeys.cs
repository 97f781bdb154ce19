using System.Security.Cryptography;
using System.Text;

namespace Airworthy.Provenance.Carrying;

/// <summary>The keys under which a git-ai note speaks of a session or a person, made as git-ai makes them.</summary>
internal static class NoteKeys
{
    private const int Digits = 14;

    /// <summary>A session's key: the same wherever the agent's own conversation id is known.</summary>
    public static string Session(string tool, string conversation) => "s_" + Digest($"{tool}:{conversation}");

    /// <summary>A person's key.</summary>
    /// <param name="identity"><c>Name &lt;address&gt;</c>.</param>
    public static string Person(string identity) => "h_" + Digest(identity);

    /// <summary>A trace's key, which tells one act of recording from another.</summary>
    public static string Trace() => "t_" + RandomNumberGenerator.GetHexString(Digits, lowercase: true);

    /// <summary>The part of an attestation's key that names its record.</summary>
    public static string Record(string key) => key.IndexOf("::", StringComparison.Ordinal) is var end and >= 0 ? key[..end] : key;

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Digits];
}
