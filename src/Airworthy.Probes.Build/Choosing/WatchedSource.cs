using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Probes.Build.Choosing;

/// <summary>What is known of one compiled source file.</summary>
/// <param name="Path">Its path from the repository's top; as the compiler had it when it lies in none.</param>
/// <param name="Lines">The lines that get probes; empty for none.</param>
/// <param name="Reason">Why all or none of its lines do, as a person may ask; empty when its lines were told one by one.</param>
internal sealed record WatchedSource(string Path, ImmutableArray<LineSpan> Lines, string Reason)
{
    private static readonly ImmutableArray<LineSpan> s_all = [new LineSpan(1, int.MaxValue)];

    public static WatchedSource All(string path, string reason) => new(path, s_all, reason);

    public static WatchedSource None(string path, string reason) => new(path, [], reason);

    /// <summary>The first watched span that has a line of <paramref name="span"/>; null for none.</summary>
    public LineSpan? Within(LineSpan span)
    {
        foreach (var watched in Lines)
        {
            if (watched.Overlaps(span))
            {
                return watched;
            }
        }

        return null;
    }
}
