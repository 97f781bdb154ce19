using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Incidents.Bisecting;

/// <summary>
/// Checked-out revisions in which commands run, one a job. A folder goes from revision to revision and keeps what was built in it, so that a build
/// has only to do what changed; a revision that still stands built in some folder is not built again.
/// </summary>
internal sealed class RevisionBench(GitRepository repository, BisectQuery query)
{
    private const int Untestable = 125;

    private readonly ConcurrentBag<Place> _free = [.. Enumerable.Range(0, query.Jobs).Select(i => new Place(Path.Combine(query.WorkFolder, $"tree-{i.ToString(CultureInfo.InvariantCulture)}")))];

    /// <summary>Readies a revision; the work may then be done in it as often as wanted, and is over when the answer is disposed of.</summary>
    /// <returns>Null in <c>Why</c> when it is ready, else why it can't be tested.</returns>
    public async Task<(Place Place, string? Why)> ReadyAsync(CommitId commit, CancellationToken cancel)
    {
        var place = Take(commit);
        try
        {
            if (place.Ready == commit)
            {
                return (place, null);
            }

            place.Ready = null;
            await RevisionCheckout.WriteAsync(repository, commit, place.Folder, cancel);
            if (!query.Build.IsEmpty)
            {
                var (exit, _) = await RunAsync(query.Build, place, cancel);
                if (exit != 0)
                {
                    return (place, exit is { } code ? string.Create(CultureInfo.InvariantCulture, $"its build ends with {code}") : "its build takes too long");
                }
            }

            place.Ready = commit;
            return (place, null);
        }
        catch
        {
            Give(place);
            throw;
        }
    }

    /// <summary>Runs the command once: true when it failed; null with the reason when nothing is learnt.</summary>
    public async Task<(bool? Failed, string Output)> RunAsync(Place place, CancellationToken cancel) => await RunAsync(query.Command, place, cancel) switch
    {
        (null, _) => (null, "the command takes too long"),
        (Untestable, _) => (null, "the command says so by 125"),
        var (exit, output) => (exit != 0, output),
    };

    public void Give(Place place) => _free.Add(place);

    private Task<(int? Exit, string Output)> RunAsync(ImmutableArray<string> command, Place place, CancellationToken cancel) =>
        CommandRun.RunAsync(command, place.Folder, query.From, query.Timeout, cancel);

    private Place Take(CommitId commit)
    {
        var looked = new List<Place>();
        Place? taken = null;
        while (_free.TryTake(out var place))
        {
            looked.Add(place);
            if (place.Ready == commit)
            {
                break;
            }
        }

        taken = looked.Find(place => place.Ready == commit) ?? looked[0];
        foreach (var place in looked.Where(place => place != taken))
        {
            _free.Add(place);
        }

        return taken;
    }

    /// <summary>A folder and the revision that stands ready in it.</summary>
    internal sealed class Place(string folder)
    {
        public string Folder { get; } = folder;

        public CommitId? Ready { get; set; }
    }
}
