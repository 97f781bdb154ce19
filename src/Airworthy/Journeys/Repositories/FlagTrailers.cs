using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Journeys.Repositories;

/// <summary>Which feature flags commits say keep them off, in a trailer of their message: <c>Feature-Flag: new-refunds</c>.</summary>
internal sealed class FlagTrailers
{
    private const string Trailer = "Feature-Flag:";
    private const int MostFlags = 10;
    private const int LongestKey = 200;
    private readonly Dictionary<CommitId, List<string>> _flags = [];

    public void Add(Commit commit)
    {
        if (!commit.Message.Contains(Trailer, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        foreach (var line in commit.Body.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(Trailer, StringComparison.OrdinalIgnoreCase) && line[Trailer.Length..].Trim() is { Length: > 0 and <= LongestKey } key)
            {
                if (!_flags.TryGetValue(commit.Id, out var flags))
                {
                    _flags.Add(commit.Id, flags = []);
                }

                if (flags.Count < MostFlags)
                {
                    flags.Add(key.ToString());
                }
            }
        }
    }

    public IEnumerable<string> Of(Change change) => change.Commits.SelectMany(commit => _flags.GetValueOrDefault(commit) ?? []);
}
