using System.Text;
using Airworthy.Model;
using Airworthy.Probes.Recording;
using Airworthy.Storage;
using Airworthy.Telemetry;

// Arguments: "sqlite" and a folder, or "postgres" and a connection string; then a name for this life. Each line written is the digest of a batch that is acknowledged.
// Or "recordings" and a folder: each line is the id of a recording that was saved.
if (args[0] == "recordings")
{
    var folder = new RecordingFolder(args[1], key: null, TimeProvider.System);
    while (true)
    {
        var id = Guid.NewGuid();
        folder.Save(id, Encoding.UTF8.GetBytes($$"""
            {"version":1,"kind":"method","id":"{{id}}","time":"2026-11-23T12:00:00Z","service":"shop","revision":"5eed","assembly":"Shop","unit":"M:Shop.Sell","culture":"","lines":[],"arguments":[],"result":"{{new string('a', 100_000)}}"}
            """));
        await Console.Out.WriteLineAsync(id.ToString("N"));
    }
}

await using var store = args[0] switch
{
    "sqlite" => await Store.OpenSqliteAsync(args[1], TimeProvider.System, CancellationToken.None),
    _ => await Store.OpenPostgresAsync(args[1], TimeProvider.System, CancellationToken.None),
};

await Task.WhenAll(Enumerable.Range(0, 4).Select(AppendForeverAsync));

async Task AppendForeverAsync(int writer)
{
    for (var i = 0; ; i++)
    {
        var digest = $"{args[2]}-{writer}-{i}";
        var key = new ObservationKey(
            "shop", "", ReportedVersion.None, new ObservedLocation("F", null, null, null), "", "", "span", "all", DateTimeOffset.UnixEpoch);
        await store.Telemetry.AppendAsync(new TelemetryBatch(digest, [new Observation(key, 1, 0, [])], [], [], [], []), CancellationToken.None);
        await Console.Out.WriteLineAsync(digest);
    }
}
