using Airworthy.Incidents;
using Airworthy.Model;

namespace Airworthy.Journeys.Intake;

/// <summary>Takes the proof of an experiment for an incident, as <c>airworthy bisect</c> sends it.</summary>
public sealed class Proofs(IIncidentStore incidents, ServerNews news, TimeProvider time)
{
    private const int MostLetters = 1_000;

    /// <summary>Keeps it; the incident is answered anew with it.</summary>
    /// <exception cref="JourneyException">Something of it is missing or can't be, or there is no such incident.</exception>
    public async Task ProveAsync(IncidentId id, ProofRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var command = request.Command?.Trim() is { Length: > 0 } told ? told : throw Wrong("'command' is missing: say what was run");
        if (request.Tested < 2 || request.Runs < 0 || request.Error is not (>= 0 and < 0.5))
        {
            throw Wrong("a proof has at least two tested revisions (both ends) and an error below 0.5");
        }

        _ = await incidents.GetAsync(id, cancel) ?? throw Wrong($"there is no incident {id}");
        await incidents.ProveAsync(
            id,
            new IncidentProof(
                Commit("commit", request.Commit),
                Commit("good", request.Good),
                Commit("bad", request.Bad),
                command.Length <= MostLetters ? command : command[..MostLetters] + "…",
                request.Tested,
                request.Runs,
                request.Error,
                time.GetUtcNow()),
            cancel);
        news.Tell(new ServerEvent("incident", id.Value));
    }

    private static CommitId Commit(string name, string? text) =>
        CommitId.TryParse(text, out var id) ? id : throw Wrong($"'{name}' must be a whole commit id, 40 or 64 hexadecimal digits");

    private static JourneyException Wrong(string problem) => new(Fault.Usage, problem);
}
