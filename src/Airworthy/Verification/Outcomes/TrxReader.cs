using System.Xml;

namespace Airworthy.Verification.Outcomes;

/// <summary>
/// TRX, as <c>dotnet test</c> and Microsoft.Testing.Platform write it. Results come before the definitions that tell their classes. Of a test
/// with rows of data, the rows count and not their sum.
/// </summary>
internal sealed class TrxReader : ITestReader
{
    private const int MaxTests = 2_000_000;

    public string Name => "trx";

    public bool Recognises(string start) => start.StartsWith('<') && start.Contains("<TestRun", StringComparison.Ordinal);

    public void Read(ReportFile file, Action<TestResult> add) => file.ReadXml(xml =>
    {
        var results = new List<Result>();
        var methods = new Dictionary<string, (string? Class, string? Method)>(StringComparer.OrdinalIgnoreCase);
        var open = new Stack<Result>();
        string? unitTest = null;
        var inMessage = false;
        while (xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.LocalName == "UnitTestResult":
                    var result = new Result(xml.GetAttribute("testId") ?? "", xml.GetAttribute("testName"), Outcome(xml.GetAttribute("outcome")));
                    if (open.TryPeek(out var outer))
                    {
                        outer.HasRows = true;
                    }

                    if (results.Count == MaxTests)
                    {
                        throw file.Refused($"holds more than {MaxTests:N0} results");
                    }

                    results.Add(result);
                    if (!xml.IsEmptyElement)
                    {
                        open.Push(result);
                    }

                    break;
                case XmlNodeType.EndElement when xml.LocalName == "UnitTestResult":
                    open.TryPop(out _);
                    break;
                case XmlNodeType.Element when xml.LocalName == "Message":
                    inMessage = open.Count > 0;
                    break;
                case XmlNodeType.EndElement when xml.LocalName == "Message":
                    inMessage = false;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA when inMessage:
                    open.Peek().Says ??= xml.Value;
                    break;
                case XmlNodeType.Element when xml.LocalName == "UnitTest":
                    unitTest = xml.GetAttribute("id");
                    break;
                case XmlNodeType.Element when xml.LocalName == "TestMethod" && unitTest is not null:
                    methods[unitTest] = (xml.GetAttribute("className")?.Split(',')[0].Trim(), xml.GetAttribute("name"));
                    break;
            }
        }

        foreach (var result in results.Where(result => !result.HasRows))
        {
            var (type, method) = methods.GetValueOrDefault(result.Id);
            add(TestResult.Of(type, result.Name ?? method, method, file: null, result.Outcome, result.Says));
        }
    });

    private static TestOutcome Outcome(string? outcome) => outcome switch
    {
        "Passed" or "PassedButRunAborted" or "Warning" => TestOutcome.Passed,
        "Failed" or "Error" or "Timeout" or "Aborted" or "Disconnected" => TestOutcome.Failed,
        _ => TestOutcome.Skipped,
    };

    private sealed class Result(string id, string? name, TestOutcome outcome)
    {
        public string Id => id;

        public string? Name => name;

        public TestOutcome Outcome => outcome;

        public string? Says { get; set; }

        public bool HasRows { get; set; }
    }
}
