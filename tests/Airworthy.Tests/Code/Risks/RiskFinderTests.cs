using System.Text;
using Airworthy.Code;
using Airworthy.Model;
using Xunit;

namespace Airworthy.Tests.Code.Risks;

/// <summary>Each rule on code that has what it looks for, and on its nearest innocent neighbour.</summary>
public class RiskFinderTests
{
    private static readonly RepoPath s_path = new("src/A.cs");

    public static TheoryData<string, string> Risky => new()
    {
        { "swallowed-exception", "void M() { try { Work(); } catch (Exception) { } }" },
        { "swallowed-exception", "int M() { try { return Work(); } catch { return 0; } }" },
        { "silent-error-path", "void M() { try { Work(); } catch (IOException) { Again(); } }" },
        { "silent-error-path", "bool M() { try { return Work(); } catch (IOException) { return false; } }" },
        { "silent-error-path", "bool TryM() { try { return Work(); } catch (IOException) { Again(); return true; } }" },
        { "lost-cancellation", "async Task M(CancellationToken cancel) { await Work.SaveAsync(1); }" },
        { "lost-cancellation", "async Task M(CancellationToken cancel) { await Work.SaveAsync(1, CancellationToken.None).ConfigureAwait(false); }" },
        { "sync-over-async", "int M() => LoadAsync().Result;" },
        { "sync-over-async", "void M() { LoadAsync().Wait(); }" },
        { "sync-over-async", "int M() { return LoadAsync().GetAwaiter().GetResult(); }" },
        { "check-then-act", "void M(int k) { if (!_seen.ContainsKey(k)) { _seen.Add(k, 1); } } Dictionary<int, int> _seen = new();" },
        { "check-then-act", "object M() { if (_one == null) { _one = new object(); } return _one; } object _one;" },
        { "check-then-act", "string M(string p) { if (!File.Exists(p)) { return null; } return File.ReadAllText(p); }" },
        { "culture-dependent", "double M(string t) => double.Parse(t);" },
        { "culture-dependent", "bool M(string t) => t.ToLower() == Name;" },
        { "culture-dependent", "DateTime M() => DateTime.Now;" },
        { "unbounded-growth", "void M(int k) { s_all[k] = 1; } static readonly Dictionary<int, int> s_all = new();" },
        { "unbounded-growth", "void M(int k) { _cache.TryAdd(k, 1); } ConcurrentDictionary<int, int> _cache = new();" },
        { "unbounded-retry", "void M() { while (true) { try { Work(); return; } catch (IOException e) { Log(e); } } }" },
        { "call-in-loop", "async Task M(int[] ids) { foreach (var id in ids) { await _orders.Client.FindAsync(id); } }" },
        { "call-in-loop", "void M(int[] ids) { foreach (var id in ids) { _db.GetOrder(id); } }" },
        { "missing-timeout", "HttpClient M() => new HttpClient();" },
        { "missing-timeout", "void M() { process.WaitForExit(); }" },
    };

    public static TheoryData<string> Innocent =>
    [
        "void M() { try { Work(); } catch (Exception e) { _log.LogError(e, \"no\"); } }",
        "void M() { try { Work(); } catch (IOException e) { throw new Wrong(e); } }",
        "Result M() { try { return Work(); } catch (IOException e) { return Result.Failed(e); } }",
        "bool TryM(out int all) { try { all = Work(); return true; } catch (OverflowException) { all = 0; return false; } }",
        "async Task M(CancellationToken cancel) { await Work.SaveAsync(1, cancel); await using var x = Y(); await x.DisposeAsync(); }",
        "async Task M() { await Work.SaveAsync(1); }",
        "int M(Answer a) => a.Result;",
        "async Task<int> M() => await LoadAsync();",
        "void M(int k) { lock (_seen) { if (!_seen.ContainsKey(k)) { _seen.Add(k, 1); } } } Dictionary<int, int> _seen = new();",
        "void M(int k) { var seen = new HashSet<int>(); if (!seen.Contains(k)) { seen.Add(k); } }",
        "void M(int k) { if (_seen.ContainsKey(k)) { Tell(); } } Dictionary<int, int> _seen = new();",
        "double M(string t) => double.Parse(t, CultureInfo.InvariantCulture);",
        "bool M(string t) => t.ToLowerInvariant() == Name;",
        "DateTimeOffset M() => _time.GetUtcNow();",
        "void M(int k) { s_all[k] = 1; if (s_all.Count > 9) { s_all.Clear(); } } static readonly Dictionary<int, int> s_all = new();",
        "void M(int k) { var all = new List<int>(); all.Add(k); }",
        "void M() { while (true) { try { Work(); return; } catch (IOException) { if (++tries > 3) { throw; } } } }",
        "void M(int[] ids) { foreach (var id in ids) { total.Add(id); } }",
        "HttpClient M() => new HttpClient { Timeout = TimeSpan.FromSeconds(2) };",
        "void M() { process.WaitForExit(1000); }",
    ];

    [Theory]
    [MemberData(nameof(Risky))]
    public void Changed_code_that_has_the_risk_is_told(string rule, string member) =>
        Assert.Contains(Find(before: null, member), signal => signal.Rule == rule && signal.Line == 3);

    [Theory]
    [MemberData(nameof(Innocent))]
    public void The_innocent_neighbour_is_left_alone(string member) => Assert.Empty(Find(before: null, member));

    [Theory]
    [MemberData(nameof(Risky))]
    public void What_the_change_did_not_touch_is_not_told(string rule, string member)
    {
        var lines = Text(member + "\n void Other() { }");

        Assert.DoesNotContain(ChangedCode.Read(s_path, lines, lines, new HashSet<int> { 4 }, new HashSet<int>()).Risks, signal => signal.Rule == rule);
    }

    [Theory]
    [InlineData("bool M(int n) => n < 10;", "bool M(int n) => n <= 10;", "'n < 10' became 'n <= 10'")]
    [InlineData("bool M(int n) => n < 10;", "bool M(int n) => n < 100;", "'n < 10' became 'n < 100'")]
    public void A_bound_that_moved_is_told(string before, string after, string says) => Assert.Equal(("changed-bound", says), Only(before, after));

    [Theory]
    [InlineData("bool M(int n) => n < 10;", "bool M(int n) => n <  10;")]
    [InlineData("bool M(int n) => n < 10;", "bool M(int n) => n < 10 || n > 20;")]
    public void A_bound_that_stayed_is_not(string before, string after) => Assert.Empty(Find(before, after));

    [Fact]
    public void A_default_that_callers_get_by_leaving_it_out_is_told_when_it_changes()
    {
        Assert.Equal(
            ("changed-default", "'tries' was 3 by default and is 30: callers that leave it out get another value"), Only("void M(int tries = 3) { }", "void M(int tries = 30) { }"));
        Assert.Empty(Find("void M(int tries = 3) { }", "void M(int tries = 3) { Work(); }"));
    }

    [Theory]
    [InlineData("void M(int n) { if (n < 0) { throw new E(); } Work(); }", "the check 'n < 0' is gone")]
    [InlineData("void M(string n) { ArgumentNullException.ThrowIfNull(n); Work(); }", "the check 'n is null' is gone")]
    public void A_check_that_is_gone_is_told(string before, string says)
    {
        var after = before.Contains("int n", StringComparison.Ordinal) ? "void M(int n) { Work(); }" : "void M(string n) { Work(); }";

        Assert.Equal(("removed-validation", says), Only(before, after));
    }

    [Theory]
    [InlineData("void M(int n) { if (n == 1) { throw new E(); } Work(); }", "void M(int n) { Work(); if (n == 1) throw new E(); }")]
    [InlineData("void M(string n) { if (n == null) { throw new E(); } Work(); }", "void M(string n) { ArgumentNullException.ThrowIfNull(n); Work(); }")]
    [InlineData("void M(string n) { if (n is null) throw new E(); Work(); }", "void M(string n) { Throw.IfNull(n); Work(); }")]
    [InlineData("void M(string n) { ArgumentNullException.ThrowIfNull(n); _n = n; }", "void M(string n) { _n = n ?? throw new E(); }")]
    public void A_check_that_moved_or_is_written_otherwise_is_not_gone(string before, string after) => Assert.Empty(Find(before, after));

    [Fact]
    public void Every_rule_that_finds_something_can_be_named_in_a_policy() =>
        Assert.Equal(
            RiskSignal.Rules.Order(StringComparer.Ordinal),
            Risky.Select(row => row.Data.Item1).Append("changed-bound").Append("changed-default").Append("removed-validation").Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("src/a.py")]
    [InlineData("src/a.java")]
    public void Other_languages_are_not_guessed_at(string path) =>
        Assert.Empty(ChangedCode.Read(new RepoPath(path), Text("HttpClient M() => new HttpClient();"), null, new HashSet<int> { 3 }, new HashSet<int>()).Risks);

    private static (string Rule, string Says) Only(string before, string after)
    {
        var signal = Assert.Single(Find(before, after));
        return (signal.Rule, signal.Says);
    }

    private static IReadOnlyCollection<RiskSignal> Find(string? before, string after) =>
        ChangedCode.Read(s_path, Text(after), before is null ? null : Text(before), new HashSet<int> { 3 }, new HashSet<int>()).Risks;

    private static byte[] Text(string member) => Encoding.UTF8.GetBytes($"class A\n{{\n{member}\n}}\n");
}
