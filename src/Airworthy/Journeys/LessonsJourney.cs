using System.Collections.Immutable;
using Airworthy.Feedback;
using Airworthy.Feedback.Formats;
using Airworthy.Git;
using Airworthy.Journeys.Queries;
using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>Brings a repository's lessons from the server into its agents' instruction files: <c>airworthy lessons apply</c>.</summary>
public static class LessonsJourney
{
    /// <summary>Writes the accepted lessons into one file of the working tree, or into those that its agents read.</summary>
    /// <param name="server">Who keeps the lessons.</param>
    /// <param name="repository">The repository to write into.</param>
    /// <param name="name">Its name on the server; null for the folder's.</param>
    /// <param name="file">One instruction file, from the repository's top, for a block of all lessons; null: as <paramref name="formats"/> say.</param>
    /// <param name="formats">The formats to write; none: those that the working tree shows to be used.</param>
    /// <param name="clock">What time it is.</param>
    /// <param name="cancel">Ends the wait for the server.</param>
    /// <exception cref="FaultException">The server does not know the repository, there is no such format, or the named file can't be changed.</exception>
    public static async Task<LessonsApplied> ApplyAsync(
        IServerQueries server, GitRepository repository, string? name, string? file, IReadOnlyCollection<string> formats, TimeProvider clock, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(formats);
        ArgumentNullException.ThrowIfNull(clock);
        var folder = repository.WorkTree
            ?? throw new LessonsException(Fault.Usage, $"{repository.Name} is a bare repository, without a working tree to write into; run it in a clone");
        var tree = new InstructionTree(folder, await TrackedAsync(repository, cancel));
        IReadOnlyList<IInstructionFormat> chosen = formats.Count > 0 ? [.. formats.Select(Format)] : InstructionFormats.UsedIn(tree);
        var instructions = file is null ? null : InstructionFile.At(folder, file);
        var known = await KnownNameAsync(server, name ?? repository.Name, cancel);
        var lessons = await server.LessonsAsync(known, cancel);
        var selection = LessonSelection.Of(
            lessons.Select(Lesson),
            clock.GetUtcNow(),
            lessons.Where(told => told.Course is not null).DistinctBy(told => told.Id, StringComparer.Ordinal).ToDictionary(told => new LessonId(told.Id), told => told.Course!));
        ImmutableArray<AppliedFile> files = instructions is null
            ? [.. chosen.SelectMany(format => format.Place(tree, selection)).Select(text => Write(folder, text)).OfType<AppliedFile>()]
            : [new AppliedFile(file!, instructions.Apply(selection), selection.Lessons.Length)];
        return new LessonsApplied(known, files, selection.LeftOut, lessons.Count(told => told.State == LessonState.Draft));
    }

    /// <summary>Writes one of several files: that one can't be changed is no reason to leave the others. Null when there was and is nothing to say.</summary>
    private static AppliedFile? Write(string folder, InstructionText text)
    {
        try
        {
            var written = InstructionFile.At(folder, text.File).Apply(text.Selection, text.Head);
            return written || !text.Selection.Lessons.IsEmpty ? new AppliedFile(text.File, written, text.Selection.Lessons.Length) : null;
        }
        catch (FeedbackException refused)
        {
            return new AppliedFile(text.File, Written: false, Rules: 0, refused.Message);
        }
    }

    private static IInstructionFormat Format(string name) => InstructionFormats.Find(name)
        ?? throw new LessonsException(Fault.Usage, $"there is no format '{name}'; use {string.Join(", ", InstructionFormats.All.Select(format => format.Name))}");

    private static async Task<IReadOnlyCollection<string>> TrackedAsync(GitRepository repository, CancellationToken cancel) =>
        await repository.TryResolveAsync("HEAD", cancel) is { } head
            ? [.. (await repository.FilesAsync(head, cancel)).Select(file => file.Path).Where(path => path.Name == "AGENTS.md" && path.IsText).Select(path => path.Value)]
            : [];

    private static async Task<string> KnownNameAsync(IServerQueries server, string name, CancellationToken cancel)
    {
        var names = (await server.RepositoriesAsync(cancel)).Select(known => known.Name).ToArray();
        if (names.Contains(name, StringComparer.Ordinal))
        {
            return name;
        }

        var reads = names.Length == 0 ? "it reads none yet" : $"it reads {string.Join(", ", names.Take(10))}";
        throw new LessonsException(Fault.Usage, $"the server knows no repository '{name}' ({reads}); name it as the server does by --repository NAME");
    }

    private static Lesson Lesson(LessonSummary told) => new(
        new LessonId(told.Id),
        told.FailureClass,
        [.. told.Scope],
        told.Rule,
        told.Guard,
        new IncidentId(told.Incident),
        told.Change is null ? null : new ChangeId(told.Change),
        told.Repository,
        told.Written,
        told.Expires,
        told.Recurrences)
    {
        State = told.State,
        GuardKind = told.GuardKind,
        Owner = told.Owner,
        AcceptedAt = told.AcceptedAt,
    };
}
