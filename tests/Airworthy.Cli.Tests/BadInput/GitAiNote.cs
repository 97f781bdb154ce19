namespace Airworthy.Cli.Tests.BadInput;

/// <summary>Notes as git-ai 3.0.0 writes them, of one session.</summary>
internal static class GitAiNote
{
    /// <summary>A note that says Claude wrote <paramref name="ranges"/> (<c>1,4-7</c>) of a file; its JSON holds <paramref name="more"/> blanks.</summary>
    public static string Of(string path, string ranges, int more = 0) => $$$"""
        {{{path}}}
          s_0123456789abcd::t_1 {{{ranges}}}
        ---
        {"schema_version":"authorship/3.0.0","sessions":{"s_0123456789abcd":{"agent_id":{"tool":"claude","id":"conv-3","model":"claude-opus-4-8"{{{new string(' ', more)}}} } } } }
        """;
}
