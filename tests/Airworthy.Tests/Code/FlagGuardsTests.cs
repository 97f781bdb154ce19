using System.Text;
using Airworthy.Code;
using Airworthy.Model;
using Xunit;

namespace Airworthy.Tests.Code;

/// <summary>Which statements a feature flag can turn off, each told by the number in it.</summary>
public class FlagGuardsTests
{
    [Theory]
    [InlineData("if (flags.IsEnabled(\"new\"))\n{\n    Do(1);\n}\nelse\n{\n    Do(2);\n}\n\nDo(3);", "1 2")]
    [InlineData("if (!await flags.IsEnabledAsync(\"new\"))\n{\n    return;\n}\n\nDo(1);\nDo(2);", "1 2")]
    [InlineData("if (!flags.IsEnabled(\"new\")) Do(1);\nDo(2);", "1")]
    [InlineData("Do(client.GetBooleanValue(\"new\", false) ? 1 : 2);\nDo(3);", "1")]
    [InlineData("if (logger.IsEnabled(LogLevel.Debug)) Do(1);\nDo(2);", "")]
    [InlineData("if (House.IsOn(\"new\")) Do(1);\nDo(2);", "1")]
    [InlineData("foreach (var x in all)\n{\n    if (!flags.IsEnabled(x)) continue;\n    Do(1);\n}\nDo(2);", "1")]
    [InlineData("Do(1);\nif (flags.IsEnabled(\"new\")) return;\nDo(2);", "2")]
    public void A_statement_stands_behind_a_flag_where_one_decides_whether_it_runs(string body, string behind)
    {
        var text = $"namespace N;\n\nclass C\n{{\n    async Task M()\n    {{\n{body}\n    }}\n}}\n";

        var lines = Assert.Single(FlagGuards.Read(new RepoPath("a.cs"), Encoding.UTF8.GetBytes(text), ["IsOn"])).Value;

        var all = text.Split('\n');
        Assert.Equal(behind, string.Join(' ', lines.Where(line => line.Value).OrderBy(line => line.Key).Select(line => all[line.Key - 1]).Where(line => line.Contains("Do(", StringComparison.Ordinal)).Select(line => line.First(char.IsAsciiDigit))));
    }

    [Fact]
    public void A_member_or_a_type_marked_with_a_gate_is_behind_it()
    {
        var read = FlagGuards.Read(new RepoPath("a.cs"), "class A { [FeatureGate(\"new\")] void M() { Do(); } void N() { Do(); } }\n[FeatureGate(\"x\")] class B { int P => 1; }"u8.ToArray(), []);

        Assert.Equal([("M:A.M", true), ("M:A.N", false), ("M:B.get_P", true)], read.Select(unit => (unit.Key.Symbol, unit.Value.Values.All(behind => behind))));
    }

    [Fact]
    public void Another_language_is_not_read() => Assert.Empty(FlagGuards.Read(new RepoPath("a.py"), "def f(): pass"u8.ToArray(), []));
}
