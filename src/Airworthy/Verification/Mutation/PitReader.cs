using System.Globalization;
using System.Xml;

namespace Airworthy.Verification.Mutation;

/// <summary>PIT's XML (Java, Kotlin): a source file by its class's package and its name. See https://pitest.org.</summary>
internal sealed class PitReader : IMutationReader
{
    public string Name => "pit";

    public bool Recognises(string start) => start.StartsWith('<') && start.Contains("<mutations", StringComparison.Ordinal);

    public void Read(ReportFile file, Func<string, Action<Mutant>?> of) => file.ReadXml(xml =>
    {
        var mutation = new Mutation();
        var element = "";
        while (xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.LocalName == "mutation":
                    mutation = new Mutation { Status = xml.GetAttribute("status") };
                    break;
                case XmlNodeType.Element:
                    element = xml.LocalName;
                    break;
                case XmlNodeType.Text:
                    mutation.Take(element, xml.Value);
                    break;
                case XmlNodeType.EndElement when xml.LocalName == "mutation":
                    mutation.AddTo(file, of);
                    break;
                case XmlNodeType.EndElement:
                    element = "";
                    break;
            }
        }
    });

    /// <summary>What a mutation's elements say, one after the other.</summary>
    private sealed class Mutation
    {
        private const int MaxText = 10_000;

        private string? _file;
        private string? _line;
        private string _class = "";
        private string _mutator = "";
        private string _method = "";
        private string _indexes = "";

        public string? Status { get; init; }

        public void Take(string element, string text)
        {
            switch (element)
            {
                case "sourceFile":
                    _file = text;
                    break;
                case "lineNumber":
                    _line = text;
                    break;
                case "mutatedClass":
                    _class = text;
                    break;
                case "mutator":
                    _mutator = text;
                    break;
                case "mutatedMethod":
                    _method = text;
                    break;
                case "index" when _indexes.Length < MaxText:
                    _indexes += text;
                    break;
            }
        }

        public void AddTo(ReportFile file, Func<string, Action<Mutant>?> of)
        {
            bool? noticed = Status switch
            {
                "KILLED" or "TIMED_OUT" or "MEMORY_ERROR" => true,
                "SURVIVED" or "NO_COVERAGE" => false,
                _ => null,
            };
            if (noticed is not { } known)
            {
                return;
            }

            var name = _file ?? throw file.Refused("has a <mutation> without 'sourceFile'");
            if (!int.TryParse(_line, NumberStyles.None, CultureInfo.InvariantCulture, out var line))
            {
                throw file.Refused("has a <mutation> without a line number");
            }

            var package = _class.LastIndexOf('.') is > 0 and var end ? _class[..end].Replace('.', '/') + "/" : "";
            of(package + name)?.Invoke(new Mutant(line, string.Join(' ', _mutator, _method, _indexes), known));
        }
    }
}
