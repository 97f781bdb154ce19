using Airworthy.Journeys.Trials;
using Airworthy.Probes.Recordings;
using Xunit;

namespace Airworthy.Tests.Journeys;

/// <summary>What a trial takes from a folder of recordings.</summary>
public sealed class RecordedInputsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("airworthy-recordings-").FullName;

    [Fact]
    public void Calls_of_methods_are_inputs_and_requests_are_not()
    {
        var (call, request) = (Guid.NewGuid(), Guid.NewGuid());
        File.WriteAllText(Path.Combine(_folder, $"{call:N}.json"), $$"""
            {"version":1,"kind":"method","id":"{{call}}","time":"2026-11-23T17:17:55Z","service":"shop","revision":"","assembly":"Shop","unit":"M:Shop.Refunds.Pieces(System.Int32)","culture":"de-DE",
             "arguments":[{"name":"count","value":3}],"receiver":{"$type":"Shop.Refunds","_rate":2},"lines":[],"result":1}
            """);
        File.WriteAllText(Path.Combine(_folder, $"{request:N}.json"), $$$"""
            {"version":1,"kind":"http","id":"{{{request}}}","time":"2026-11-23T17:17:55Z","service":"shop","revision":"","assembly":"Shop","route":"GET /","culture":"",
             "request":{"method":"GET","target":"/","headers":{},"body":null},"response":{"status":200,"headers":{},"body":null},"lines":[]}
            """);
        var input = Assert.Single(Assert.Single(RecordedInputs.Of(RecordingSet.Read(_folder, key: null)), pair => pair.Key == "M:Shop.Refunds.Pieces(System.Int32)").Value);
        Assert.Equal(("de-DE", """{"$type":"Shop.Refunds","_rate":2}""", "3"), (input.Culture, input.Receiver, Assert.Single(input.Arguments)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
