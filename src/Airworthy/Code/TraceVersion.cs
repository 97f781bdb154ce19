using Airworthy.Model;

namespace Airworthy.Code;

/// <summary>Finds the version that a crash report names beside its trace: a line like <c>service.version: 1.2.3+sha</c> or <c>commit=…</c>.</summary>
public static class TraceVersion
{
    private const int MaxLines = 200;
    private const int MaxChars = 256;

    /// <summary>The version as the report tells it; <see cref="ReportedVersion.None"/> when it tells none.</summary>
    public static ReportedVersion Find(ReadOnlySpan<char> text)
    {
        var found = ReportedVersion.None;
        foreach (var line in TraceText.Of(text[..Math.Min(text.Length, MaxLines * TraceText.MaxLineChars)]).Lines.Take(MaxLines))
        {
            var split = line.AsSpan().IndexOfAny(':', '=');
            if (split <= 0 || line.Length > MaxChars)
            {
                continue;
            }

            var value = line[(split + 1)..].Trim().Trim('"');
            found = line[..split].Trim().Trim('"').ToUpperInvariant() switch
            {
                "VCS.REF.HEAD.REVISION" => found with { HeadRevision = value },
                "COMMIT" or "REVISION" or "GIT.COMMIT.SHA" => found with { GitCommitSha = value },
                "RELEASE" => found with { SentryRelease = value },
                "VERSION" or "SERVICE.VERSION" => found with { ServiceVersion = value },
                _ => found,
            };
        }

        return found;
    }
}
