using Airworthy.Testing;
using Xunit;

namespace Airworthy.EndToEnd.Tests;

public class RestartTests
{
    [Fact]
    public async Task What_was_acknowledged_before_a_kill_is_counted_and_answered_after_it()
    {
        var cancel = TestContext.Current.CancellationToken;
        var (repository, _) = Shop.Build();
        using var _repository = repository;
        var data = Directory.CreateTempSubdirectory("airworthy-data-").FullName;
        await using (var first = await ServerProcess.StartAsync(data, repository.Folder, cancel))
        {
            foreach (var trace in Enumerable.Range(1, 7))
            {
                await first.SendTracesAsync(Shop.Failure(repository.Head, trace));
            }

            await first.KillAsync();
        }

        await using var second = await ServerProcess.StartAsync(data, repository.Folder, cancel);
        await second.SendTracesAsync(Shop.Failure(repository.Head, 8));
        var incidents = await second.GetOnceAsync("api/incidents", text =>
            text.Contains("\"episodes\":8", StringComparison.Ordinal) && text.Contains("\"verdict\":\"attributed\"", StringComparison.Ordinal));

        Assert.Contains("FormatException", incidents, StringComparison.Ordinal);
        Directory.Delete(data, recursive: true);
    }
}
