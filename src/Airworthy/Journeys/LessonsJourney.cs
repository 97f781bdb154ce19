using Airworthy.Feedback;
using Airworthy.Git;
using Airworthy.Journeys.Queries;
using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>Brings a repository's lessons from the server into the agents' instruction file: <c>airworthy lessons apply</c>.</summary>
public static class LessonsJourney
{
    /// <summary>Writes the lessons in force into <paramref name="file"/> of the working tree.</summary>
    /// <param name="server">Who keeps the lessons.</param>
    /// <param name="repository">The repository to write into.</param>
    /// <param name="name">Its name on the server; null for the folder's.</param>
    /// <param name="file">The instruction file, from the repository's top.</param>
    /// <param name="clock">What time it is.</param>
    /// <param name="cancel">Ends the wait for the server.</param>
    /// <exception cref="FaultException">The server does not know the repository, or the file can't be changed.</exception>
    public static async Task<LessonsApplied> ApplyAsync(
        IServerQueries server, GitRepository repository, string? name, string file, TimeProvider clock, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(clock);
        var folder = repository.WorkTree
            ?? throw new LessonsException(Fault.Usage, $"{repository.Name} is a bare repository, without a working tree to write into; run it in a clone");
        var instructions = InstructionFile.At(folder, file);
        var known = await KnownNameAsync(server, name ?? repository.Name, cancel);
        var lessons = await server.LessonsAsync(known, cancel);
        var selection = LessonSelection.Of(lessons.Select(Lesson), clock.GetUtcNow());
        return new LessonsApplied(known, instructions.Apply(selection), selection.Lessons.Length, selection.LeftOut);
    }

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
        told.Recurrences);
}
