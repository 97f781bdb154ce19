using System.Text;
using Airworthy.Code;
using Airworthy.Model;
using Xunit;

namespace Airworthy.Tests.Code;

public class TelemetryGapsTests
{
    [Theory]
    [InlineData("await _http.GetAsync(url);", "_http.GetAsync")]
    [InlineData("await _shop.Client.PostAsJsonAsync(url, order);", "_shop.Client.PostAsJsonAsync")]
    [InlineData("_db?.SaveChanges();", ".SaveChanges")]
    [InlineData("return File.ReadAllText(path);", "File.ReadAllText")]
    [InlineData("Run(() => Process.Start(tool));", "Process.Start")]
    public void A_call_that_leaves_the_process_unseen_is_a_gap(string body, string call)
    {
        var gap = Assert.Single(Gaps(body));
        Assert.Equal((TelemetryGapKind.OutwardCall, call, 5, "Orders.Place()"), (gap.Kind, gap.Text, gap.Line, gap.Unit.Name));
    }

    [Theory]
    [InlineData("using var activity = s_source.StartActivity(); await _http.GetAsync(url);")]
    [InlineData("_logger.LogInformation(\"asking\"); await _http.GetAsync(url);")]
    [InlineData("Log.Information(\"asking\"); await _http.GetAsync(url);")]
    [InlineData("LogAsking(url); await _http.GetAsync(url);")]
    [InlineData("_requestCounter.Add(1); await _http.GetAsync(url);")]
    [InlineData("_log?.Warn(\"asking\"); await _http.GetAsync(url);")]
    public void A_span_a_log_record_or_a_metric_in_the_function_closes_it(string body) => Assert.Empty(Gaps(body));

    [Theory]
    [InlineData("_dialog.Show(); await _http.GetAsync(url);")]
    [InlineData("Login(user); await _http.GetAsync(url);")]
    [InlineData("_catalog.Add(1); await _http.GetAsync(url);")]
    [InlineData("_logins.Add(user); await _http.GetAsync(url);")]
    public void What_only_sounds_like_telemetry_does_not(string body) => Assert.Single(Gaps(body));

    [Theory]
    [InlineData("Sum(lines);")]
    [InlineData("if (File.Exists(path)) { }")]
    [InlineData("var file = new FileInfo(path);")]
    public void What_stays_in_the_process_is_none(string body) => Assert.Empty(Gaps(body));

    [Theory]
    [InlineData("try { Pay(); } catch (PaymentException e) { return null; }", "catch (PaymentException e)")]
    [InlineData("try { Pay(); } catch { }", "catch")]
    [InlineData("_logger.LogInformation(\"paying\"); try { Pay(); } catch { }", "catch")]
    public void An_exception_caught_for_good_is_a_gap(string body, string text)
    {
        var gap = Assert.Single(Gaps(body));
        Assert.Equal((TelemetryGapKind.SwallowedError, text), (gap.Kind, gap.Text));
    }

    [Theory]
    [InlineData("try { Pay(); } catch (PaymentException) { throw; }")]
    [InlineData("try { Pay(); } catch (PaymentException e) { throw new OrderException(e); }")]
    [InlineData("try { Pay(); } catch (PaymentException e) { _logger.LogError(e, \"no\"); return null; }")]
    [InlineData("try { Pay(); } catch (PaymentException e) { Activity.Current?.AddException(e); return null; }")]
    public void One_thrown_on_or_told_is_none(string body) => Assert.Empty(Gaps(body));

    [Fact]
    public void Functions_without_a_gap_are_told_as_well_and_other_languages_are_not_read()
    {
        Assert.Single(Read("Sum(lines);", "src/Orders.cs"));
        Assert.Empty(Read("Sum(lines);", "src/orders.py"));
    }

    [Fact]
    public void Top_level_statements_are_one_function()
    {
        var gap = Assert.Single(TelemetryGaps.Read(new RepoPath("Program.cs"), "var x = 1;\nawait client.GetAsync(x);\n"u8.ToArray()).Values.SelectMany(g => g));
        Assert.Equal((2, "Program.<Main>$"), (gap.Line, gap.Unit.Name));
    }

    private static IEnumerable<TelemetryGap> Gaps(string body) => Read(body, "src/Orders.cs").Values.SelectMany(gaps => gaps);

    private static IReadOnlyDictionary<CodeUnit, System.Collections.Immutable.ImmutableArray<TelemetryGap>> Read(string body, string path) =>
        TelemetryGaps.Read(new RepoPath(path), Encoding.UTF8.GetBytes($"class Orders\n{{\n    async Task<string?> Place()\n    {{\n        {body}\n    }}\n}}\n"));
}
