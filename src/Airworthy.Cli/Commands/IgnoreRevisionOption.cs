using System.CommandLine;
using Airworthy.Git;

namespace Airworthy.Cli.Commands;

/// <summary><c>--ignore-rev</c>: commits that line history looks through, as git blame does.</summary>
internal sealed class IgnoreRevisionOption : Option<string[]>
{
    public IgnoreRevisionOption()
        : base("--ignore-rev")
    {
        Description = "A commit to look through, as if its lines were still the ones before; may be given again. Those of .git-blame-ignore-revs always are.";
        HelpName = "REV";
        DefaultValueFactory = _ => [];
    }

    /// <summary>Has the repository's line history look through what was named.</summary>
    /// <exception cref="GitException">One names no commit.</exception>
    public async Task ApplyAsync(ParseResult parsed, GitRepository git, CancellationToken cancel)
    {
        foreach (var revision in parsed.GetValue(this) ?? [])
        {
            git.Ignore([await git.ResolveAsync(revision, cancel)]);
        }
    }
}
