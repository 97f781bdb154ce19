using System.Xml;

namespace Airworthy.Verification.Outcomes;

/// <summary>
/// JUnit's XML as Ant, Surefire, Gradle, pytest, jest, vitest, gotestsum, cargo-nextest and many more write it; with Surefire's reruns
/// (<c>flakyFailure</c>: it passed in the end, <c>rerunFailure</c>: it never did).
/// </summary>
internal sealed class JUnitReader : ITestReader
{
    public string Name => "junit";

    public bool Recognises(string start) => start.StartsWith('<') && start.Contains("<testsuite", StringComparison.Ordinal);

    public void Read(ReportFile file, Action<TestResult> add) => file.ReadXml(xml =>
    {
        var suites = new Stack<(int Depth, string? File)>();
        Case? open = null;
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                Element(xml, suites, ref open, add);
            }
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && open is { WantsText: true } waiting)
            {
                waiting.Says = xml.Value;
            }
            else if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "testcase" } && open is not null)
            {
                add(open.Result());
                open = null;
            }
        }
    });

    private static void Element(XmlReader xml, Stack<(int Depth, string? File)> suites, ref Case? open, Action<TestResult> add)
    {
        switch (xml.LocalName)
        {
            case "testsuite":
                while (suites.Count > 0 && suites.Peek().Depth >= xml.Depth)
                {
                    suites.Pop();
                }

                suites.Push((xml.Depth, xml.GetAttribute("file") ?? (suites.Count > 0 ? suites.Peek().File : null)));
                break;
            case "testcase":
                open = new Case(xml.GetAttribute("classname") ?? xml.GetAttribute("class"), xml.GetAttribute("name"), xml.GetAttribute("file") ?? (suites.Count > 0 ? suites.Peek().File : null));
                if (xml.IsEmptyElement)
                {
                    add(open.Result());
                    open = null;
                }

                break;
            case "failure" or "error" when open is not null:
                open.Worse(TestOutcome.Failed, xml.GetAttribute("message"), xml.IsEmptyElement);
                break;
            case "flakyFailure" or "flakyError" when open is not null:
                open.Worse(TestOutcome.Flaky, xml.GetAttribute("message"), xml.IsEmptyElement);
                break;
            case "skipped" or "disabled" when open is not null:
                open.IsSkipped = true;
                break;
            case "system-out" or "system-err" or "stackTrace" or "properties" when open is not null:
                open.WantsText = false;
                break;
        }
    }

    private sealed class Case(string? suite, string? name, string? file)
    {
        private TestOutcome _outcome = TestOutcome.Passed;
        private string? _says;

        public bool IsSkipped { get; set; }

        public bool WantsText { get; set; }

        public string Says
        {
            set => (_says, WantsText) = (value, false);
        }

        public void Worse(TestOutcome outcome, string? says, bool isEmpty)
        {
            if (outcome > _outcome)
            {
                (_outcome, _says) = (outcome, says);
                WantsText = string.IsNullOrWhiteSpace(says) && !isEmpty;
            }
        }

        public TestResult Result() =>
            TestResult.Of(suite, name, function: null, file, _outcome == TestOutcome.Passed && IsSkipped ? TestOutcome.Skipped : _outcome, _says);
    }
}
