using Airworthy.Alerts;
using Airworthy.Feedback;
using Airworthy.Incidents;
using Airworthy.Journeys;
using Airworthy.Journeys.Doctor;
using Airworthy.Journeys.Flags;
using Airworthy.Journeys.Intake;
using Airworthy.Journeys.Lessons;
using Airworthy.Journeys.Probation;
using Airworthy.Journeys.Production;
using Airworthy.Journeys.Queries;
using Airworthy.Journeys.Releases;
using Airworthy.Journeys.Repositories;
using Airworthy.Journeys.Services;
using Airworthy.Journeys.Workflows;
using Airworthy.Probation;
using Airworthy.Server.Alerts;
using Airworthy.Server.Background;
using Airworthy.Storage;
using Airworthy.Telemetry;
using Airworthy.Telemetry.Releases;
using Airworthy.Telemetry.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Airworthy.Server;

/// <summary>Puts the journeys on the stores.</summary>
internal static class JourneyServices
{
    public static void AddJourneys(this IServiceCollection services, ServerOptions options, Store store)
    {
        // By a factory, so that the container closes the store when the server ends.
        services.AddSingleton(_ => store);
        services.AddSingleton<ITelemetryStore>(s => s.GetRequiredService<Store>().Telemetry);
        services.AddSingleton<IOperationLinks>(s => s.GetRequiredService<Store>().Operations);
        services.AddSingleton<IWorkflowStore>(s => s.GetRequiredService<Store>().Workflows);
        services.AddSingleton<ITelemetryUpkeep>(s => s.GetRequiredService<Store>().Upkeep);
        services.AddSingleton<IReleaseStore>(s => s.GetRequiredService<Store>().Releases);
        services.AddSingleton<IServiceRegistry>(s => s.GetRequiredService<Store>().Services);
        services.AddSingleton<IIncidentStore>(s => s.GetRequiredService<Store>().Incidents);
        services.AddSingleton<IChangeLedger>(s => s.GetRequiredService<Store>().Changes);
        services.AddSingleton<ILessonStore>(s => s.GetRequiredService<Store>().Lessons);
        services.AddSingleton<IAlertStore>(s => s.GetRequiredService<Store>().Alerts);

        services.AddSingleton<ServerNews>();
        services.AddSingleton(s => new RepositoryShelf(s.GetRequiredService<IServiceRegistry>(), Path.Combine(options.DataDirectory, "cache")));
        services.AddSingleton<RepositoryIndexer>();
        services.AddSingleton(s => new RepositoryFetching(s.GetRequiredService<IServiceRegistry>(), options.RequestHeads, options.Time));
        services.AddSingleton(s => new RepositoryRegistration(
            s.GetRequiredService<IServiceRegistry>(), s.GetRequiredService<RepositoryShelf>(), Path.Combine(options.DataDirectory, "repositories")));
        services.AddSingleton<IServerActions>(s => s.GetRequiredService<RepositoryRegistration>());
        services.AddSingleton<ServiceMappings>();
        services.AddSingleton<RunningRevisions>();
        services.AddSingleton<ServiceMatching>();
        services.AddSingleton<UnitFinder>();
        services.AddSingleton<EvidenceReader>();
        services.AddSingleton<Decisions>();
        services.AddSingleton<ChangedPaths>();
        services.AddSingleton<LivingChanges>();
        services.AddSingleton<Fleet>();
        services.AddSingleton<ProbationRound>();
        services.AddSingleton<ReleaseBook>();
        services.AddSingleton<IReleases>(s => s.GetRequiredService<ReleaseBook>());
        services.AddSingleton<Rollbacks>();
        services.AddSingleton<OperationReach>();
        services.AddSingleton<ExposureReader>();
        services.AddSingleton<LineReader>();
        services.AddSingleton<ObjectiveWatch>();
        services.AddSingleton<FlagBook>();
        services.AddSingleton<AlertNotes>();
        services.AddSingleton<ServiceDoctor>();
        services.AddSingleton<LessonWriter>();
        services.AddSingleton<LessonCourses>();
        services.AddSingleton<LessonDesk>();
        services.AddSingleton<IncidentIntake>();
        services.AddSingleton<IncidentAnswering>();
        services.AddSingleton<Proofs>();
        services.AddSingleton<IncidentContext>();
        services.AddSingleton<IncidentReports>();
        services.AddSingleton<IncidentEnds>();
        services.AddSingleton<IServerQueries, ServerQueries>();
        services.AddSingleton<IWorkflowQueries, WorkflowReader>();
        services.AddHostedService<Watch>();
        services.AddHostedService<Upkeep>();
        services.AddHostedService<WebhookSending>();
    }
}
