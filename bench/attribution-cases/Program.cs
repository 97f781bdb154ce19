// Mines labelled incidents from public histories, learns the ranking's weights and tells how well they do: see docs/design/attribution.md.
// usage: attribution-cases find CLONE owner/name             (what a history holds, quickly)
//        attribution-cases mine CASES CLONE owner/name …     (adds to CASES/owner+name.json, also what labels.json beside CASES has of it)
//        attribution-cases label CASES CLONE owner/name …    (adds only what labels.json has)
//        attribution-cases learn CASES [LearntWeights.cs]    (how weights do on projects that they never saw; writes those learnt on all)
using Airworthy.AttributionCases;
using Airworthy.Git;

switch (args)
{
    case ["find", var clone, var project]:
    {
        await using var repository = await GitRepository.OpenAsync(clone, CancellationToken.None);
        var history = await ProjectHistory.ReadAsync(repository, "HEAD", CancellationToken.None);
        foreach (var fix in await Mining.FindAsync(repository, project, history, CancellationToken.None))
        {
            Console.WriteLine($"{fix.Name} {fix.Label} {fix.Trace.Dialect} frames {fix.Trace.Root.Frames.Length} causes {string.Join(' ', fix.Causes.Take(4).Select(cause => cause.Short))}");
        }

        Console.WriteLine($"{history.Traced.Count} commits hold a trace");
        return 0;
    }

    case ["mine" or "label", var into, .. { Length: > 0 } clones] when clones.Length % 2 == 0:
    {
        var mines = new List<Mine>();
        for (var i = 0; i < clones.Length; i += 2)
        {
            mines.Add(await Mine.OpenAsync(clones[i], clones[i + 1], into, byHandAlone: args[0] == "label", CancellationToken.None));
        }

        // A few of every project first: what is broken off has something of each.
        foreach (var most in (int[])[5, 10, 15, 20, 30])
        {
            foreach (var mine in mines)
            {
                await mine.WorkAsync(most, CancellationToken.None);
            }
        }

        foreach (var mine in mines)
        {
            await mine.DisposeAsync();
        }

        return 0;
    }

    case ["learn", var cases, .. { Length: <= 1 } weights]:
        Learning.Run(MinedProject.ReadAll(cases), weights.FirstOrDefault(), Console.Out);
        return 0;

    default:
        Console.Error.WriteLine("usage: attribution-cases find CLONE owner/name | mine CASES CLONE owner/name … | label CASES CLONE owner/name … | learn CASES [LearntWeights.cs]");
        return 64;
}
