using System.Text.RegularExpressions;
using Airworthy.Code;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.AttributionCases;

/// <summary>What one pass over a history finds: commits whose message holds a stack trace, and which commits were pull requests.</summary>
/// <param name="Traced">The commits with their traces, newest first.</param>
/// <param name="Requests">The pull requests.</param>
/// <param name="Order">Every commit of the history with its place in it, the newest 0.</param>
internal sealed partial record ProjectHistory(
    IReadOnlyList<(Commit Fix, StackTrace Trace)> Traced, PullRequests Requests, IReadOnlyDictionary<CommitId, int> Order)
{
    /// <summary>Functions that a text must name to be a trace.</summary>
    private const int FewestFrames = 2;

    public static async Task<ProjectHistory> ReadAsync(GitRepository repository, string revision, CancellationToken cancel)
    {
        var requests = new PullRequests();
        var traced = new List<(Commit Fix, StackTrace Trace)>();
        var order = new Dictionary<CommitId, int>();
        await foreach (var commit in repository.HistoryAsync(revision, cancel))
        {
            order.Add(commit.Id, order.Count);
            requests.Add(commit);
            if (commit.Parents.Length == 1 && MayHoldTrace(commit.Message) && StackTraces.Read(commit.Message) is { } trace && Count(trace) >= FewestFrames)
            {
                traced.Add((commit, trace));
            }
        }

        return new ProjectHistory(traced, requests, order);
    }

    /// <summary>True when a commit is of this history and came to it before another.</summary>
    public bool IsBefore(CommitId commit, CommitId other) =>
        Order.TryGetValue(commit, out var place) && Order.TryGetValue(other, out var its) && place > its;

    /// <summary>Cheap: nothing that is no trace need be read as one. What a compiler said names files and functions, too, and nothing failed.</summary>
    private static bool MayHoldTrace(string message) => HoldsFrames(message) && !Compiler().IsMatch(message);

    private static bool HoldsFrames(string message) =>
        message.Contains("#1 ", StringComparison.Ordinal) || message.Contains("by 0x", StringComparison.Ordinal)
        || message.Contains(" at ", StringComparison.Ordinal) || message.Contains("\tat ", StringComparison.Ordinal) || message.Contains("Call Trace", StringComparison.OrdinalIgnoreCase)
        || message.Contains(", line ", StringComparison.Ordinal) || message.Contains(".c:", StringComparison.Ordinal) || message.Contains("goroutine ", StringComparison.Ordinal);

    private static int Count(StackTrace trace)
    {
        var frames = 0;
        for (var at = trace; at is not null; at = at.Inner)
        {
            frames += at.Frames.Count(frame => frame.Symbol is not null);
        }

        return frames;
    }

    [GeneratedRegex(@"In file included from|:[0-9]+(?::[0-9]+)?: (?:warning|error|note|fatal error)|\[-W", RegexOptions.NonBacktracking)]
    private static partial Regex Compiler();
}
