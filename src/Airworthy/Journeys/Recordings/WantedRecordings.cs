using System.Collections.Immutable;
using Airworthy.Journeys.Queries;
using Airworthy.Model;

namespace Airworthy.Journeys.Recordings;

/// <summary>What a server would have a service record: the functions in which changes live that production has not proven.</summary>
/// <param name="Service"><c>service.name</c>.</param>
/// <param name="Methods">Those that ran in the service, of suspect changes first.</param>
public sealed record WantedRecordings(string Service, ImmutableArray<WantedMethod> Methods)
{
    /// <summary>Changes that are asked about of one state.</summary>
    private const int MostChanges = 50;

    /// <summary>Methods that are asked for at once; each costs its callers something.</summary>
    private const int MostMethods = 200;

    /// <summary>What is wanted of a service just now.</summary>
    public static async Task<WantedRecordings> OfAsync(IServerQueries queries, string service, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(queries);
        var ran = (await queries.EvidenceAsync(new EvidenceQuestion(service, Revision: null, From: null, To: null), cancel)).Units
            .Select(unit => Name(unit.Unit)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var wanted = new Dictionary<string, WantedMethod>(StringComparer.Ordinal);
        foreach (var state in new[] { ChangeState.Suspect, ChangeState.Experimental })
        {
            foreach (var change in await queries.ChangesAsync(new ChangeFilter(State: state, Limit: MostChanges), cancel))
            {
                var detail = await queries.ChangeAsync(change.Repository, change.Id, cancel);
                foreach (var unit in detail?.Runs.Select(run => Name(run.Unit)).OfType<string>().Where(ran.Contains) ?? [])
                {
                    wanted.TryAdd(unit, new WantedMethod(unit, change.Repository, change.Id, state));
                }
            }
        }

        return new WantedRecordings(service, [.. wanted.Values.Take(MostMethods)]);
    }

    /// <summary>The method that a unit is, or a part of; null for what is none. What holds a wildcard could name more than itself.</summary>
    private static string? Name(string unit)
    {
        var name = unit.Split(' ')[0];
        return name.StartsWith("M:", StringComparison.Ordinal) && !name.Any(c => c is '*' or '?' or '\\' or '"' || char.IsControl(c)) ? name : null;
    }
}
