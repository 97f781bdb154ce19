using Airworthy.Git;
using Airworthy.Journeys;
using Airworthy.Model;

namespace Airworthy.Cli.Gates;

/// <summary>Which change is judged: as the command says, else as CI tells, else what the checkout has beyond the remote's main branch.</summary>
internal static class GateSides
{
    /// <exception cref="GateException">No base is told, and none is there by a usual name.</exception>
    public static async Task<(string Base, string Head, string? Tested)> FindAsync(GitRepository repository, string? given, string? head, Terminal terminal, CancellationToken cancel)
    {
        if (given is not null)
        {
            return (given, head ?? "HEAD", null);
        }

        if (head is null && CiChange.Find(Environment.GetEnvironmentVariable) is { } told)
        {
            if (await repository.TryResolveAsync(told.Base, cancel) is null)
            {
                throw new GateException(Fault.BadInput, $"{told.Told} names the base {told.Base}, which this clone does not have; check out with the whole history (fetch-depth: 0)");
            }

            await terminal.Error.WriteLineAsync($"airworthy: comparing {told.Head} with {told.Base}, by {told.Told}");
            return (told.Base, told.Head, told.Tested);
        }

        if (await MainBranch.FindAsync(repository, cancel) is { } name)
        {
            await terminal.Error.WriteLineAsync($"airworthy: comparing {head ?? "HEAD"} with {name}; '--base' names another");
            return (name, head ?? "HEAD", null);
        }

        throw new GateException(Fault.Usage, $"no base is told, and none of {string.Join(", ", MainBranch.Names)} is there; name the branch this is to land on with --base");
    }
}
