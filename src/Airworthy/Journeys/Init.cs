using System.Text;
using Airworthy.Git;
using Airworthy.Journeys.Debts;
using Airworthy.Model;
using Airworthy.Policies;

namespace Airworthy.Journeys;

/// <summary>Writes a first <c>airworthy.yml</c> from what a repository shows of itself.</summary>
public static class Init
{
    private const int LargestOwners = 3 * 1024 * 1024;

    /// <summary>Proposes a policy for the repository's last commit; an empty one where nothing is committed yet.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="production">What a server tells of it; null when none was asked.</param>
    /// <param name="cancel">Ends the work.</param>
    public static async Task<PolicyProposal> ProposeAsync(GitRepository repository, DebtProduction? production, CancellationToken cancel)
    {
        if (await repository.TryResolveAsync("HEAD", cancel) is not { } head)
        {
            return PolicyProposal.From([], [], CodeOwners.None);
        }

        var files = await repository.FilesAsync(head, cancel);
        var services = await ServiceNames.FindAsync(repository, head, files, cancel);
        return PolicyProposal.From(
            services,
            [.. files.Select(file => (file.Path, GateLanguage.Runs(file.Path) ? GateLanguage.Of(file.Path) : null))],
            await OwnersAsync(repository, head, cancel),
            await MendedFiles.FindAsync(repository, head, cancel),
            production?.CallsByFile);
    }

    /// <summary>Writes <paramref name="proposal"/> as the repository's policy and returns the file's path.</summary>
    /// <param name="repository">The repository; it must have a working tree.</param>
    /// <param name="proposal">What to write.</param>
    /// <param name="replace">True to replace a policy that is there.</param>
    /// <exception cref="InitException">One is there, or it can't be written.</exception>
    public static string Write(GitRepository repository, PolicyProposal proposal, bool replace)
    {
        var folder = repository.WorkTree
            ?? throw new InitException(Fault.Usage, $"{repository.Directory} is a bare repository, without a working tree to write a policy into; run it in a clone");
        var path = Path.Combine(folder, Policy.FileName.Value);
        var file = new FileInfo(path);
        if (file.LinkTarget is not null)
        {
            throw new InitException(Fault.BadInput, $"{path} is a symbolic link, and is left as it is; remove it and run again");
        }

        if (file.Exists && !replace)
        {
            throw new InitException(Fault.BadInput, $"{path} is there already, and is left as it is; '--force' replaces it");
        }

        try
        {
            using var stream = new FileStream(path, replace ? FileMode.Create : FileMode.CreateNew, FileAccess.Write, FileShare.None);
            stream.Write(Encoding.UTF8.GetBytes(proposal.ToYaml()));
            return path;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new InitException(Fault.Unavailable, $"{path} can't be written: {failed.Message}", failed);
        }
    }

    private static async Task<CodeOwners> OwnersAsync(GitRepository repository, CommitId head, CancellationToken cancel)
    {
        foreach (var place in CodeOwners.Places)
        {
            if (await repository.ReadAsync(head, place, LargestOwners, cancel) is { } bytes)
            {
                return CodeOwners.Read(Encoding.UTF8.GetString(bytes));
            }
        }

        return CodeOwners.None;
    }
}
