using System.Globalization;
using Airworthy.Alerts;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Airworthy.Probation;

namespace Airworthy.Journeys.Probation;

/// <summary>Takes what named persons say about alerts: that they have seen one, or want to hear no more for a time.</summary>
public sealed class AlertNotes(IChangeLedger ledger, IAlertStore alerts, ServerNews news, TimeProvider time)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(30);

    /// <summary>Stores that a person has seen that a change is suspect.</summary>
    /// <exception cref="JourneyException">Something of it is missing or can't be.</exception>
    public async Task<Acknowledgement> AcknowledgeAsync(string repository, ChangeId change, AcknowledgementRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var note = new Acknowledgement(
            repository,
            change,
            Decisions.Text("by", request.By, "the name of who has seen it"),
            Decisions.Text("reason", request.Reason, "what is done about it"),
            time.GetUtcNow());
        if (await ledger.GetAsync(repository, change, cancel) is not { State: ChangeState.Suspect })
        {
            throw Wrong($"there is no suspect change {change} in repository {repository}");
        }

        await alerts.AcknowledgeAsync(note, cancel);
        news.Tell(new ServerEvent("change", $"{repository}/{change}"));
        return note;
    }

    /// <summary>Stores that nobody is to be told of something until a time.</summary>
    /// <exception cref="JourneyException">Something of it is missing or can't be.</exception>
    public async Task<Silence> SilenceAsync(SilenceRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = time.GetUtcNow();
        var silence = new Silence(
            Decisions.Text("subject", request.Subject, "a change as repository/id, a repository or a service"),
            Decisions.Text("by", request.By, "the name of who says so"),
            Decisions.Text("reason", request.Reason, "why"),
            now,
            request.Until);
        if (silence.Until <= now || silence.Until > now + s_longest)
        {
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"a silence until {silence.Until:yyyy-MM-dd HH:mm} can't be: give a time within the next {s_longest.TotalDays:0} days"));
        }

        await alerts.SilenceAsync(silence, cancel);
        return silence;
    }

    private static JourneyException Wrong(string problem) => new(Fault.Usage, problem);
}
