using System.CommandLine;
using Airworthy.Git;

namespace Airworthy.Cli.Commands;

/// <summary>The <c>[REPO]</c> of a verb: a folder inside a repository, or a bare one; the current folder when it is left out.</summary>
internal sealed class RepositoryArgument : Argument<string>
{
    public RepositoryArgument()
        : base("REPO")
    {
        Description = "A git repository, bare or not. Default: the current folder.";
        Arity = ArgumentArity.ZeroOrOne;
        DefaultValueFactory = _ => ".";
    }

    /// <summary>Opens the repository that was named.</summary>
    public Task<GitRepository> OpenAsync(ParseResult parsed, Terminal terminal, CancellationToken cancel) =>
        GitRepository.OpenAsync(terminal.Resolve(parsed.GetValue(this)!), cancel, CacheFolder.LineHistory());
}
