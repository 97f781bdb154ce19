using System.Text.RegularExpressions;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>What a commit's message and diff say.</summary>
/// <param name="Terms">The terms of its message and of the lines it changed, each with how often.</param>
/// <param name="Message">The terms of its message alone.</param>
/// <param name="Files">Files it touched.</param>
/// <param name="Lines">Lines it changed.</param>
/// <param name="Added">Those of them that it added.</param>
/// <param name="Traced">Those of them that are in the trace's files.</param>
/// <param name="RemovedCheck">True when it took a condition away in one of the trace's files and put none in its place.</param>
internal sealed partial record CommitWords(
    IReadOnlyDictionary<string, int> Terms, IReadOnlyDictionary<string, int> Message, int Files, int Lines, int Added, int Traced, bool RemovedCheck)
{
    /// <summary>Changed lines whose words are counted; what changes more says little by its words.</summary>
    private const int MaxLines = 4000;

    /// <summary>Changed lines read at most: an import of a whole tree is one whatever its size.</summary>
    private const int MaxRead = 20_000;

    private const int MaxMessage = 4000;

    /// <summary>Reads a commit's diff against its first parent.</summary>
    public static async Task<CommitWords> ReadAsync(GitRepository repository, Commit commit, IReadOnlySet<RepoPath> paths, CancellationToken cancel)
    {
        var message = new Dictionary<string, int>(StringComparer.Ordinal);
        WordSplitter.Count(commit.Message.AsSpan(0, Math.Min(commit.Message.Length, MaxMessage)), message);
        var terms = new Dictionary<string, int>(message, StringComparer.Ordinal);
        var read = new Reading();
        try
        {
            await read.ReadAsync(repository, commit, paths, terms, cancel);
        }
        catch (GitException unreadable) when (unreadable.Fault is Fault.BadInput or Fault.Unavailable)
        {
            // A partial clone left an object out, or one is damaged: what was read until there is all that is known.
        }

        return new CommitWords(terms, message, read.Files, read.Lines, read.Added, read.Traced, read.RemovedCheck);
    }

    /// <summary>True when a subject says that the commit mends something.</summary>
    public static bool SaysFix(string subject) => Fix().IsMatch(subject);

    /// <summary>True when a subject says that the commit changes no behaviour.</summary>
    public static bool SaysTidy(string subject) => Tidy().IsMatch(subject);

    private static bool IsCheck(string line) => Check().IsMatch(line);

    /// <summary>A diff while it is being read.</summary>
    private sealed class Reading
    {
        public int Files { get; private set; }

        public int Lines { get; private set; }

        public int Added { get; private set; }

        public int Traced { get; private set; }

        public bool RemovedCheck { get; private set; }

        public async Task ReadAsync(GitRepository repository, Commit commit, IReadOnlySet<RepoPath> paths, Dictionary<string, int> terms, CancellationToken cancel)
        {
            await foreach (var file in repository.ChangesAsync(commit.Id, commit.Parents.IsEmpty ? null : commit.Parents[0], cancel))
            {
                if (Lines > MaxRead)
                {
                    break;
                }

                Files++;
                var traced = file.NewPath is { } path && paths.Contains(path);
                foreach (var hunk in file.Hunks)
                {
                    Added += hunk.NewCount;
                    Traced += traced ? hunk.NewCount + hunk.OldCount : 0;
                    RemovedCheck |= traced && hunk.Removed.Any(IsCheck) && !hunk.Added.Any(IsCheck);
                    foreach (var line in hunk.Removed.Concat(hunk.Added))
                    {
                        if (Lines++ < MaxLines)
                        {
                            WordSplitter.Count(line, terms);
                        }
                    }
                }
            }
        }
    }

    [GeneratedRegex(@"\b(?:fix(?:e[sd]|ing)?|bug|crash|leak|regression|revert)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Fix();

    [GeneratedRegex(
        @"\b(?:refactor\w*|renam(?:e[sd]?|ing)|mov(?:e[sd]?|ing)|clean\w*|tid(?:y|ies)|style|format\w*|indent\w*|white ?space|comments?|docs?|documentation|typos?|spelling|copyright|licen[sc]e|tests?|split|extract)\b",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Tidy();

    [GeneratedRegex(@"\b(?:if|assert|unless|guard|ThrowIf\w+|require)\b\s*[(!]", RegexOptions.NonBacktracking)]
    private static partial Regex Check();
}
