// Attributes the labelled incidents whose repositories are on this machine, and counts; mines more; learns the weights: see docs/design/attribution.md.
// usage: attribution-cases CASES.json FOLDER          (FOLDER holds clones as owner/name, owner+name/repo or name)
//        attribution-cases mine CLONE owner/name OUT  (writes OUT/owner+name.json)
//        attribution-cases learn OUT                  (weights, and how they do on projects that they never saw)
using System.Diagnostics;
using Airworthy.AttributionCases;
using Airworthy.Code;
using Airworthy.Git;
using Airworthy.Incidents;
using Airworthy.Journeys;
using Airworthy.Model;

if (args is ["mine", var clone, var project, var into])
{
    await using var mined = await GitRepository.OpenAsync(clone, CancellationToken.None);
    (await Mining.MineAsync(mined, project, "HEAD", CancellationToken.None)).Write(into);
    return 0;
}

if (args is ["learn", var folderOfCases])
{
    Learning.Run(MinedProject.ReadAll(folderOfCases), Console.Out);
    return 0;
}

if (args.Length < 2)
{
    Console.Error.WriteLine("usage: attribution-cases CASES.json FOLDER | mine CLONE owner/name OUT | learn OUT");
    return 64;
}

int first = 0, amongThree = 0, refused = 0, notRun = 0, ambiguous = 0, wrong = 0, all = 0, topFrame = 0, newest = 0;
foreach (var incident in LabelledCase.Read(args[0]))
{
    if (incident.Trace is null)
    {
        Console.WriteLine($"{incident.Name,-14} not run: only a symptom is told, no stack trace, and attribute starts from a trace");
        notRun++;
        continue;
    }

    string[] places = [incident.Repository, Path.Combine(incident.Repository.Replace('/', '+'), "repo"), incident.Repository.Split('/')[1]];
    if (places.Select(place => Path.Combine(args[1], place)).FirstOrDefault(Directory.Exists) is not { } folder)
    {
        Console.WriteLine($"{incident.Name,-14} not run: no clone of {incident.Repository}");
        notRun++;
        continue;
    }

    var watch = Stopwatch.StartNew();
    await using var repository = await GitRepository.OpenAsync(folder, CancellationToken.None);
    if (await repository.TryResolveAsync(incident.Revision, CancellationToken.None) is not { } revision || StackTraces.Read(incident.Trace) is not { } trace)
    {
        Console.WriteLine($"{incident.Name,-14} not run: {incident.Revision} is not in the clone");
        notRun++;
        continue;
    }

    var attributor = AttributeJourney.AttributorOf(
        repository, (_, _) => ValueTask.FromResult(Authorship.Unknown), (_, _) => ValueTask.FromResult<ChangeId?>(null));
    var before = incident.Before is null ? null : await repository.TryResolveAsync(incident.Before, CancellationToken.None);
    var query = new AttributionQuery(trace, new DeployedRevision(revision, RevisionSource.Given, Degraded: false), FirstSeen: null, before);
    var answer = await attributor.AttributeAsync(query, CancellationToken.None);
    var (blamed, latest) = await Baselines.OfAsync(repository, revision, answer.Frames);

    all++;
    var place0 = answer.Suspects.IndexOf(answer.Suspects.FirstOrDefault(suspect => incident.Causes.Contains(suspect.Commit.Hex))!);
    first += place0 == 0 ? 1 : 0;
    amongThree += place0 is >= 0 and < 3 ? 1 : 0;
    refused += answer.Verdict == AttributionVerdict.NotAttributable ? 1 : 0;
    ambiguous += answer.Verdict == AttributionVerdict.Ambiguous ? 1 : 0;
    wrong += answer.Verdict == AttributionVerdict.Attributed && place0 != 0 ? 1 : 0;
    topFrame += blamed is { } owner && incident.Causes.Contains(owner.Hex) ? 1 : 0;
    newest += latest is { } last && incident.Causes.Contains(last.Hex) ? 1 : 0;
    Console.WriteLine(
        $"{incident.Name,-14} {(place0 == 0 ? "right" : place0 > 0 ? $"at {place0 + 1}" : "wrong"),-6} {answer.Verdict,-15} {answer.Confidence:0.00} {watch.Elapsed.TotalSeconds,5:0.0} s  {answer.Reason}");
    if (args.Length > 2)
    {
        foreach (var suspect in answer.Suspects)
        {
            Console.WriteLine($"    {(incident.Causes.Contains(suspect.Commit.Hex) ? "*" : " ")} {suspect.Commit.Short} {suspect.Score:0.00} {string.Join("; ", suspect.Reasons)}");
        }
    }
}

Console.WriteLine($"{all} cases: {first} right first, {amongThree} among the first three; {wrong} attributed wrongly, {ambiguous} ambiguous, {refused} not attributable; {notRun} not run");
Console.WriteLine($"on the same cases: top frame's blame {topFrame}, most recent over the frames {newest}");
return 0;
