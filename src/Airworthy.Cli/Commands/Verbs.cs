using System.CommandLine;
using Airworthy.Cli.Debts;

namespace Airworthy.Cli.Commands;

/// <summary>The list of verbs: each is one file in this folder.</summary>
internal static class Verbs
{
    public static IEnumerable<Command> All(Terminal terminal) =>
    [
        ScanCommand.Create(terminal),
        CommitsCommand.Create(terminal),
        BlameCommand.Create(terminal),
        ShowCommand.Create(terminal),
        ReworkCommand.Create(terminal),
        AttributeCommand.Create(terminal),
        BisectCommand.Create(terminal),
        GateCommand.Create(terminal),
        DebtCommand.Create(terminal),
        PolicyCommand.Create(terminal),
        InitCommand.Create(terminal),
        JudgeCommand.Create(terminal),
        PlanCommand.Create(terminal),
        ServeCommand.Create(terminal),
        ReposCommand.Create(terminal),
        TokensCommand.Create(terminal),
        DbCommand.Create(terminal),
        ServicesCommand.Create(terminal),
        DeployedCommand.Create(terminal),
        IncidentsCommand.Create(terminal),
        ChangesCommand.Create(terminal),
        NoteCommand.Create(terminal),
        ProvenanceCommand.Create(terminal),
        HooksCommand.Create(terminal),
        LessonsCommand.Create(terminal),
        McpCommand.Create(terminal),
        ProbesCommand.Create(terminal),
        WorkflowsCommand.Create(terminal),
        RecordingsCommand.Create(terminal),
        ReplayCommand.Create(terminal),
        TrialCommand.Create(terminal),
        DoctorCommand.Create(terminal),
    ];
}
