using System.Text;
using Airworthy.Code;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Policies;

namespace Airworthy.Journeys.Debts;

/// <summary>
/// The statements of a revision with who wrote them. In C# they are statements by syntax, elsewhere lines that can run; tests and generated
/// files have none, since they don't run in production.
/// </summary>
internal sealed class DebtStatements(GitRepository repository, CommitId revision, Policy policy, DeclaredAuthors authors)
{
    /// <summary>A run of statements of one commit, author and function.</summary>
    internal readonly record struct Run(RepoPath Path, CodeUnit? Unit, CommitId Commit, Authorship By, int Statements);

    /// <summary>Files that could not be read.</summary>
    public int Unread { get; private set; }

    /// <summary>The statements of the files that <paramref name="chosen"/> takes.</summary>
    public async IAsyncEnumerable<Run> ReadAsync(Func<RepoPath, bool> chosen, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var paths = (await repository.FilesAsync(revision, cancel)).Select(file => file.Path).Where(path => Runs(path) && chosen(path)).ToArray();
        if (paths.Length == 0)
        {
            yield break;
        }

        await foreach (var file in repository.Lines.OriginsAsync(paths, revision, cancel))
        {
            if (await repository.ReadAsync(revision, file.Path, CodeUnits.MaxBytes, cancel) is not { } content)
            {
                Unread++;
                continue;
            }

            var text = Encoding.UTF8.GetString(content);
            var units = CodeUnits.Read(file.Path, text);
            var lines = Lines(file.Path, text).CountBy(line => line).ToDictionary();
            foreach (var origin in file.Runs)
            {
                foreach (var (span, by) in (await authors.OfLinesAsync(file.Path, origin, cancel)).Select(part => (part.Lines.Span, part.Authorship)))
                {
                    foreach (var group in Enumerable.Range(span.Start, span.Count).Where(lines.ContainsKey).GroupBy(line => CodeUnits.Around(units, line)))
                    {
                        yield return new Run(file.Path, group.Key, origin.Commit, by, group.Sum(line => lines[line]));
                    }
                }
            }
        }
    }

    /// <summary>True for a file whose lines run in production: of a language that runs, no test, and not generated.</summary>
    public bool Runs(RepoPath path) =>
        GateLanguage.Runs(path) && !policy.IsGenerated(path) && !Policy.DefaultEvidence.Any(rule => rule.Except.Any(glob => glob.Matches(path)));

    private static IEnumerable<int> Lines(RepoPath path, string text)
    {
        if (CodeUnits.Language(path) == "csharp")
        {
            return CSharpStatements.Lines(path, text);
        }

        var all = text.Split('\n');
        return Enumerable.Range(1, all.Length).Where(line => !GateLanguage.IsInert(all[line - 1]));
    }
}
