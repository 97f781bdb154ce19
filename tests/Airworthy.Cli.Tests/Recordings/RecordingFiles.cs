using System.Globalization;

namespace Airworthy.Cli.Tests.Recordings;

/// <summary>A folder of recordings, as a program leaves them.</summary>
internal sealed class RecordingFiles : IDisposable
{
    private int _count;

    public string Folder { get; } = Directory.CreateTempSubdirectory("airworthy-recordings-").FullName;

    /// <summary>Adds one; its arguments and its end as JSON, its id beginning with <paramref name="id"/>.</summary>
    public void Add(string unit, string arguments, string end, string culture = "", string id = "", string receiver = "", string assembly = "Shop", string types = "", string part = "")
    {
        var guid = Guid.ParseExact((id + (++_count).ToString("x", CultureInfo.InvariantCulture)).PadRight(32, '0'), "N");
        var on = (receiver.Length > 0 ? $",\"receiver\":{receiver}" : "") + (types.Length > 0 ? $",\"types\":{types}" : "") + (part.Length > 0 ? $",\"part\":{part}" : "");
        File.WriteAllText(Path.Combine(Folder, $"{guid:N}.json"), $$"""
            {"version":1,"kind":"method","time":"2026-11-23T12:00:{{_count.ToString("00", CultureInfo.InvariantCulture)}}Z","service":"shop","revision":"5eed","assembly":"{{assembly}}","unit":"{{unit}}","culture":"{{culture}}","arguments":[{{arguments}}]{{on}},"id":"{{guid}}","lines":[7,8],{{end}}}
            """);
    }

    /// <summary>Adds a request; bodies as the format has them, <paramref name="more"/> further properties.</summary>
    public void AddRequest(string route, string target, string body, int status, string answer, string more = "", string id = "", string culture = "", string headers = "", string assembly = "Shop")
    {
        var guid = Guid.ParseExact((id + (++_count).ToString("x", CultureInfo.InvariantCulture)).PadRight(32, '0'), "N");
        File.WriteAllText(Path.Combine(Folder, $"{guid:N}.json"), $$"""
            {"version":1,"kind":"http","id":"{{guid}}","time":"2026-11-23T12:00:{{_count.ToString("00", CultureInfo.InvariantCulture)}}Z","service":"shop","revision":"5eed","assembly":"{{assembly}}","route":"{{route}}","culture":"{{culture}}","request":{"method":"{{route.Split(' ')[0]}}","target":"{{target}}","headers":{ {{headers}} },"body":{{body}}},"response":{"status":{{status.ToString(CultureInfo.InvariantCulture)}},"headers":{},"body":{{answer}}}{{more}}}
            """);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
