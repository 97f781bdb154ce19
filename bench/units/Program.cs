// Where the outline and git's own function drivers begin the function that a line stands in: of every line of every file that a driver knows.
// dotnet run -c Release --project bench/units CLONE…
//
// A driver tells its answer only in hunk headers, so each file is compared with a copy that has a line more behind each of its lines.
using System.Text;
using Airworthy.Code;
using Airworthy.Git;
using Airworthy.UnitsBench;

Dictionary<string, string> drivers = new(StringComparer.Ordinal) { ["c"] = "cpp", ["cpp"] = "cpp", ["go"] = "golang", ["java"] = "java", ["python"] = "python", ["rust"] = "rust" };
foreach (var clone in args)
{
    await using var repository = await GitRepository.OpenAsync(clone, CancellationToken.None);
    var head = await repository.ResolveAsync("HEAD", CancellationToken.None);
    var counts = new SortedDictionary<string, Count>(StringComparer.Ordinal);
    var folder = Directory.CreateTempSubdirectory("units-").FullName;
    foreach (var file in (await repository.FilesAsync(head, CancellationToken.None)).Where(file => file.Path.IsText))
    {
        if (CodeUnits.Language(file.Path) is { } language && drivers.TryGetValue(language, out var driver)
            && await repository.ReadAsync(head, file.Path, CodeUnits.MaxBytes, CancellationToken.None) is { } content)
        {
            if (!counts.TryGetValue(language, out var count))
            {
                counts.Add(language, count = new Count());
            }

            count.Add(file.Path.Value, Encoding.UTF8.GetString(content).TrimEnd('\n').Split('\n'), [.. CodeUnits.Read(file.Path, content).Select(unit => (unit.Span.Start, unit.Span.End))], HunkHeaders.Of(folder, driver, content));
        }
    }

    Directory.Delete(folder, recursive: true);
    Console.WriteLine($"{Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(clone))))} {head.Short}");
    foreach (var (language, count) in counts)
    {
        Console.WriteLine($"  {language,-7} {count}");
    }
}
