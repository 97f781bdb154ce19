using System.Globalization;
using Airworthy.Journeys.Intake;
using Airworthy.Journeys.Probation;
using Airworthy.Journeys.Releases;
using Airworthy.Journeys.Repositories;
using Airworthy.Model;
using Airworthy.Server.Health;
using Airworthy.Storage;
using Airworthy.Telemetry.Workflows;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Airworthy.Server.Background;

/// <summary>
/// The server's one loop: looks at the repositories, matches services to them, takes stored exceptions into incidents, and seeks their
/// answers. One after the other, so an incident is answered with all that is known by then.
/// </summary>
internal sealed partial class Watch(
    ServerOptions options,
    RepositoryRegistration registration,
    RepositoryFetching fetching,
    RepositoryIndexer indexer,
    ServiceMatching matching,
    IncidentIntake intake,
    IncidentAnswering answering,
    IncidentEnds ends,
    Rollbacks rollbacks,
    IWorkflowStore workflows,
    ProbationRound probation,
    Store store,
    ObjectiveWatch objectives,
    Readiness readiness,
    ILogger<Watch> logger) : BackgroundService
{
    // What has consequences is done by one of several servers on a database; what only a server's own pages need is done by each.
    private readonly Lease _lease = store.LeaseOn("watch");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(options.RepositoryPoll, options.Time);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await tick.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; what was not looked at yet is stored and taken up at the next start.
        }
    }

    /// <summary>The repositories named on the command line are taken in before the server starts to listen, so a wrong one is told at once.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var folder in options.Repositories)
        {
            await registration.NameAsync(folder, cancellationToken);
        }

        readiness.WaitFor("the repositories to be read");
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Another server goes on at once.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await StepAsync(_lease.ReleaseAsync, cancellationToken);
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        var holds = false;
        await StepAsync(async token => holds = await _lease.HoldAsync(token), cancel);
        await StepAsync(token => holds ? FetchAsync(token) : Task.CompletedTask, cancel);
        await StepAsync(
            async token =>
            {
                await indexer.RefreshAsync(token);
                readiness.Ready();
            },
            cancel);
        if (holds)
        {
            await StepAsync(matching.MatchAsync, cancel);
            await StepAsync(intake.TakeAsync, cancel);
            await StepAsync(answering.AnswerAsync, cancel);
            await StepAsync(rollbacks.AnswerAsync, cancel);
            await StepAsync(ends.ResolveAsync, cancel);
        }

        await StepAsync(token => probation.JudgeAsync(holds, token), cancel);
        if (holds)
        {
            await StepAsync(objectives.LookAsync, cancel);
            await StepAsync(workflows.CloseAsync, cancel);
        }
    }

    private async Task FetchAsync(CancellationToken cancel)
    {
        foreach (var (repository, problem) in await fetching.FetchAsync(cancel))
        {
            NotFetched(logger, repository, problem);
        }
    }

    /// <summary>One step of a look; what keeps it from its end keeps no other step from beginning.</summary>
    private async Task StepAsync(Func<CancellationToken, Task> step, CancellationToken cancel)
    {
        try
        {
            await step(cancel);
        }
        catch (FaultException e)
        {
            // The store or git does not answer now: what was stored stays, and is taken up at the next look.
            Delayed(logger, e.Message);
        }
#pragma warning disable CA1031 // The edge of the loop: a defect met on one item is told, and must not end all watching.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Defect(logger, e);
            if (intake.Fail() is { } sighting)
            {
                PassedOver(logger, $"exception {sighting.ToString(CultureInfo.InvariantCulture)}");
            }

            if (answering.Fail() is { } incident)
            {
                PassedOver(logger, $"incident {incident}");
            }
        }
#pragma warning restore CA1031
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Looking at repositories and incidents is delayed: {Reason}")]
    private static partial void Delayed(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Repository} is not up to date: {Reason}")]
    private static partial void NotFetched(ILogger logger, string repository, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Airworthy failed three times on {Item} and passes it over until it is started again")]
    private static partial void PassedOver(ILogger logger, string item);

    [LoggerMessage(Level = LogLevel.Error, Message = "A defect of Airworthy, please report it")]
    private static partial void Defect(ILogger logger, Exception exception);
}
