using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Provenance.PullRequests;

namespace Airworthy.Journeys;

/// <summary>Says of each changed unit which people approved it, or asked for changes. A review counts for code that did not change after it.</summary>
internal sealed class GateReviews
{
    private readonly List<(Review Review, TestedFiles? Since)> _decisions = [];
    private readonly List<string> _remarks = [];
    private readonly CommitId _head;

    private GateReviews(CommitId head) => _head = head;

    /// <summary>What must be said beside the verdict.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>Finds what each reviewer saw.</summary>
    public static async Task<GateReviews> FindAsync(ReviewFacts facts, GitRepository repository, CommitId head, IReadOnlyCollection<RepoPath> changed, CancellationToken cancel)
    {
        var reviews = new GateReviews(head);
        var committed = (await repository.CommitAsync(head, cancel)).CommittedAt;
        foreach (var decision in facts.Decisions)
        {
            if (decision.Commit is not { } seen)
            {
                if (decision.At >= committed)
                {
                    reviews._decisions.Add((decision, null));
                }
                else
                {
                    reviews._remarks.Add($"the forge does not tell which commit {decision.By} reviewed, and the head is newer or not dated: it does not count");
                }
            }
            else if (seen == head)
            {
                reviews._decisions.Add((decision, null));
            }
            else if (await repository.TryResolveAsync(seen.Hex, cancel) is not null)
            {
                reviews._decisions.Add((decision, await TestedFiles.BetweenAsync(repository, seen, head, changed, cancel)));
            }
            else
            {
                reviews._remarks.Add($"{decision.By} reviewed {seen.Short}, which this clone does not have: it does not count");
            }
        }

        return reviews;
    }

    /// <summary>The unit with the reviews of it.</summary>
    public ChangedUnit Add(ChangedUnit changed) => changed with { Evidence = [.. changed.Evidence, .. Of(changed)] };

    private IEnumerable<Evidence> Of(ChangedUnit changed) =>
        from decision in _decisions
        where decision.Since?.ChangedLater(changed.Unit.Path, changed.Unit.Span) != true
        select new Evidence(
            EvidenceKind.HumanReview.Name, decision.Review.By, changed.Unit.Symbol, changed.Unit.Path, _head, 1, decision.Review.State == ReviewState.ChangesRequested ? 1 : 0, 0);
}
