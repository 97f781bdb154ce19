using Airworthy.Git;

namespace Airworthy.AttributionCases;

/// <summary>
/// Finds incidents in a clone's own history: fixes whose message holds a stack trace and names the commit that caused it. The trace is blamed at the fix's
/// parent, seen first when the fix was authored.
/// </summary>
internal static class Mining
{
    /// <summary>The fixes of a history that are labelled incidents, newest first, each subject once.</summary>
    public static async Task<List<LabelledFix>> FindAsync(GitRepository repository, string project, ProjectHistory history, CancellationToken cancel)
    {
        var found = new List<LabelledFix>();
        var subjects = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (fix, trace) in history.Traced)
        {
            var (causes, label) = await NamedCause.FindAsync(repository, project, fix, history, cancel);
            if (causes.Count > 0 && subjects.Add(fix.Subject))
            {
                found.Add(new LabelledFix(fix.Id.Hex, fix.Parents[0], fix.AuthoredAt, trace, causes, label));
            }
        }

        return found;
    }
}
