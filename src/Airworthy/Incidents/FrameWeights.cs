using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>
/// Weighs the in-app frames. A frame that only throws (a guard clause, a throw helper) did what it is for: the blame goes to the caller that
/// passed the bad argument, unless the guard is younger than that call. Where a constructor refused, the type's own operations only handed on
/// what they were given (an amount less a larger one): they are passed over likewise.
/// </summary>
internal static class FrameWeights
{
    public static async Task<ImmutableArray<WeighedFrame>> OfAsync(
        ImmutableArray<ResolvedFrame> frames, GitRepository repository, SourceTree tree, CancellationToken cancel)
    {
        var own = frames.Select((frame, index) => (Frame: frame, Index: index)).Where(at => at.Frame is { InApp: true, Path: not null }).ToArray();
        var weighed = ImmutableArray.CreateBuilder<WeighedFrame>();
        var rank = 0;
        string? refusing = null;
        for (var i = 0; i < own.Length; i++)
        {
            var (frame, index) = own[i];
            var guard = rank == 0 && i + 1 < own.Length
                && (await IsGuardAsync(frame, tree, cancel) || IsInline(frame, own[i + 1].Frame) || (refusing is not null && refusing == TypeOf(frame)))
                && !await IsYoungerAsync(frame, own[i + 1].Frame, repository, tree, cancel);
            var weight = Math.Pow(RankingWeights.PerFrame, rank) * (guard ? RankingWeights.Guard : 1);
            weighed.Add(new WeighedFrame(frame, frame.Path!.Value, index, rank, weight, guard));
            rank += guard ? 0 : 1;
            refusing = guard && (refusing is not null || IsConstructor(frame)) ? TypeOf(frame) : null;
        }

        return weighed.ToImmutable();
    }

    /// <summary>A function of a header, called from a source file, does a small thing on what it is given.</summary>
    private static bool IsInline(ResolvedFrame frame, ResolvedFrame caller) => IsHeader(frame.Path!.Value) && !IsHeader(caller.Path!.Value);

    private static bool IsHeader(RepoPath path) =>
        path.Name.EndsWith(".h", StringComparison.Ordinal) || path.Name.EndsWith(".hpp", StringComparison.Ordinal) || path.Name.EndsWith(".hh", StringComparison.Ordinal);

    private static bool IsConstructor(ResolvedFrame frame) =>
        frame.Frame.Symbol is { } symbol && (symbol.EndsWith(".ctor", StringComparison.Ordinal) || symbol.EndsWith(".<init>", StringComparison.Ordinal));

    /// <summary>The type that the frame's function belongs to; null when it is not told.</summary>
    private static string? TypeOf(ResolvedFrame frame) =>
        frame.Frame.Symbol is { } symbol && symbol.LastIndexOf('.') is var dot and > 0 ? symbol[..dot].TrimEnd('.') : null;

    private static async Task<bool> IsGuardAsync(ResolvedFrame frame, SourceTree tree, CancellationToken cancel)
    {
        if (frame.Frame.IsThrowHelper)
        {
            return true;
        }

        return frame.Line is { } line && await tree.ReadAsync(frame.Path!.Value, cancel) is { } file && Throws(file.Line(line).Trim());
    }

    private static bool Throws(string line) =>
        line.StartsWith("throw ", StringComparison.Ordinal) || line.StartsWith("raise ", StringComparison.Ordinal)
        || line.StartsWith("panic(", StringComparison.Ordinal) || line.Contains(" throw new ", StringComparison.Ordinal)
        || line.Contains(".ThrowIf", StringComparison.Ordinal) || line.Contains("throw new Argument", StringComparison.Ordinal);

    private static async Task<bool> IsYoungerAsync(
        ResolvedFrame guard, ResolvedFrame caller, GitRepository repository, SourceTree tree, CancellationToken cancel) =>
        await LandedAsync(guard, repository, tree, cancel) is { } threw && await LandedAsync(caller, repository, tree, cancel) is { } called && threw > called;

    private static async Task<DateTimeOffset?> LandedAsync(ResolvedFrame frame, GitRepository repository, SourceTree tree, CancellationToken cancel)
    {
        if (frame.Line is not { } line)
        {
            return null;
        }

        foreach (var run in tree.Origins(frame.Path!.Value))
        {
            if (run.Span.Contains(line))
            {
                return (await repository.CommitAsync(run.Commit, cancel)).CommittedAt;
            }
        }

        return null;
    }
}
