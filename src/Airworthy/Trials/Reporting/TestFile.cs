using System.Globalization;
using System.Text;
using Airworthy.Trials.Building;
using Airworthy.Trials.Running;

namespace Airworthy.Trials.Reporting;

/// <summary>A test of a difference, as a file of C# for one test framework.</summary>
public static class TestFile
{
    /// <summary>The namespace of all such tests.</summary>
    public const string Namespace = "AirworthyTrials";

    /// <summary>The file's text.</summary>
    /// <param name="test">The test.</param>
    /// <param name="framework">What it is written with.</param>
    /// <param name="name">The name of its class, a C# name.</param>
    /// <param name="comment">What it is for, on one line.</param>
    public static string Write(TestCase test, TestFramework framework, string name, string comment)
    {
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(comment);
        var (use, onClass, onMethod) = framework switch
        {
            TestFramework.Nunit => ("using NUnit.Framework;", "[TestFixture]\n", "[Test]"),
            TestFramework.Mstest => ("using Microsoft.VisualStudio.TestTools.UnitTesting;", "[TestClass]\n", "[TestMethod]"),
            _ => ("using Xunit;", "", "[Fact]"),
        };
        var body = new StringBuilder();
        foreach (var statement in test.Arrange)
        {
            body.Append(CultureInfo.InvariantCulture, $"            {statement}\n");
        }

        body.Append(Act(test, framework));
        return string.Create(CultureInfo.InvariantCulture, $$"""
            // {{OneLine(comment)}}
            #nullable disable
            #pragma warning disable
            {{use}}

            namespace {{Namespace}};

            {{onClass}}public class {{name}}
            {
                {{onMethod}}
                public {{(test.IsAsync ? "async global::System.Threading.Tasks.Task" : "void")}} {{test.Name}}()
                {
                    var culture = global::System.Globalization.CultureInfo.CurrentCulture;
                    global::System.Globalization.CultureInfo.CurrentCulture = global::System.Globalization.CultureInfo.GetCultureInfo("{{test.Culture}}");
                    try
                    {
            {{body}}        }
                    finally
                    {
                        global::System.Globalization.CultureInfo.CurrentCulture = culture;
                    }
                }
            }

            """);
    }

    private static string Act(TestCase test, TestFramework framework)
    {
        const string at = "            ";
        var act = test.IsAsync ? $"await {test.Act}" : test.Act;
        if (test.Throws is { } type)
        {
            var statement = test.HasResult ? $"_ = {act};" : $"{act};";
            return framework switch
            {
                TestFramework.Xunit => test.IsAsync ? $"{at}await Assert.ThrowsAsync<{type}>(async () => {{ {statement} }});\n" : $"{at}Assert.Throws<{type}>(() => {{ {statement} }});\n",
                TestFramework.Nunit => test.IsAsync ? $"{at}Assert.ThrowsAsync<{type}>(async () => {{ {statement} }});\n" : $"{at}Assert.Throws<{type}>(() => {{ {statement} }});\n",
                _ => $"{at}try\n{at}{{\n{at}    {statement}\n{at}}}\n{at}catch ({type})\n{at}{{\n{at}    return;\n{at}}}\n\n{at}Assert.Fail(\"nothing was thrown\");\n",
            };
        }

        var code = new StringBuilder();
        code.Append(CultureInfo.InvariantCulture, $"{at}{(test.HasResult ? "var result = " : "")}{act};\n");
        if (test is { Actual: { } actual, Expected: { } expected })
        {
            code.Append(at).Append(framework switch
            {
                TestFramework.Nunit => $"Assert.That({actual}, Is.EqualTo({expected}));\n",
                TestFramework.Mstest => $"Assert.AreEqual<object>({expected}, {actual});\n",
                _ when expected == "null" => $"Assert.Null({actual});\n",
                _ => $"Assert.Equal({expected}, {actual});\n",
            });
        }

        return code.ToString();
    }

    private static string OneLine(string text) => string.Concat(text.Select(character => char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character));
}
