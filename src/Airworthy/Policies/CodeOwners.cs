using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>Reads <c>CODEOWNERS</c>: the last line that matches a path names its owners. Lines that are no pattern are passed over, as GitHub does.</summary>
public sealed class CodeOwners
{
    private const int MaxLines = 5_000;

    private CodeOwners(ImmutableArray<(GlobPattern Paths, string Owner)> rules) => Rules = rules;

    /// <summary>The lines that name an owner, in the file's order.</summary>
    internal ImmutableArray<(GlobPattern Paths, string Owner)> Rules { get; }

    /// <summary>Where it may stand, the first that is there counts.</summary>
    public static ImmutableArray<RepoPath> Places { get; } = [new(".github/CODEOWNERS"), new("CODEOWNERS"), new("docs/CODEOWNERS"), new(".gitlab/CODEOWNERS")];

    /// <summary>Nobody owns anything.</summary>
    public static CodeOwners None { get; } = new([]);

    /// <summary>Reads the file's text.</summary>
    public static CodeOwners Read(string text)
    {
        var rules = ImmutableArray.CreateBuilder<(GlobPattern, string)>();
        foreach (var line in text.Split('\n').Take(MaxLines))
        {
            var words = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words is [var pattern, var owner, ..] && owner.Length <= 100 && TryGlob(pattern) is { } glob)
            {
                rules.Add((glob, owner));
            }
        }

        return new CodeOwners(rules.ToImmutable());
    }

    /// <summary>The first owner named for <paramref name="path"/>; null when none is.</summary>
    public string? Of(RepoPath path) => Rules.LastOrDefault(rule => rule.Paths.Matches(path)).Owner;

    private static GlobPattern? TryGlob(string pattern)
    {
        try
        {
            return GlobPattern.Parse(pattern);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
