using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Repositories;

/// <summary>Brings the repositories that were cloned by URL up to date, each at most once in an interval.</summary>
/// <param name="registry">The repositories.</param>
/// <param name="requestHeads">Of how many of the newest pull and merge requests the heads are fetched; 0: of none.</param>
/// <param name="time">The clock.</param>
public sealed class RepositoryFetching(IServiceRegistry registry, int requestHeads, TimeProvider time)
{
    /// <summary>Heads of requests fetched of one repository at a time: a look at all repositories is not to wait long for one.</summary>
    public const int HeadsAtOnce = 200;

    private readonly Dictionary<string, DateTimeOffset> _fetched = new(StringComparer.Ordinal);

    /// <summary>How long a clone stays as it is. The default value is one minute.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one fetch may take before the others are looked at. The default value is ten minutes.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Fetches what is due; an origin that does not answer is tried again after the interval.</summary>
    /// <returns>Why repositories could not be fetched this time, by name.</returns>
    public async Task<IReadOnlyDictionary<string, string>> FetchAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var repository in await registry.RepositoriesAsync(cancel))
        {
            if (repository.Origin is not { } origin || !IsDue(repository.Name, now))
            {
                continue;
            }

            try
            {
                using var limit = new CancellationTokenSource(Patience, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
                await FetchAsync(repository.Location, origin, either.Token);
            }
            catch (GitException e)
            {
                problems[repository.Name] = e.Message;
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                problems[repository.Name] = $"{origin} did not answer a fetch within {Words.Count((int)Patience.TotalMinutes, "minute")}";
            }
        }

        return problems;
    }

    private async Task FetchAsync(string folder, string origin, CancellationToken cancel)
    {
        await GitClone.FetchAsync(folder, origin, cancel);
        await GitClone.FetchRequestHeadsAsync(folder, origin, requestHeads, HeadsAtOnce, cancel);
    }

    private bool IsDue(string name, DateTimeOffset now)
    {
        if (_fetched.TryGetValue(name, out var last) && now - last < Interval)
        {
            return false;
        }

        _fetched[name] = now;
        return true;
    }
}
