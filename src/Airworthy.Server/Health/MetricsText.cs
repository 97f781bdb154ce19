using System.Globalization;
using System.Text;

namespace Airworthy.Server.Health;

/// <summary>Writes metrics as OpenMetrics 1.0 text, or as the older text of Prometheus, which differs in how counters are named and in its end.</summary>
internal sealed class MetricsText(bool isOpen)
{
    public const string OpenMetrics = "application/openmetrics-text";

    private readonly StringBuilder _text = new();

    public string ContentType => isOpen ? $"{OpenMetrics}; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8";

    public Family Gauge(string name, string help) => Begin(name, name, "gauge", help);

    /// <summary>A counter by its name without <c>_total</c>.</summary>
    public Family Counter(string name, string help) => Begin(isOpen ? name : $"{name}_total", $"{name}_total", "counter", help);

    public override string ToString() => isOpen ? $"{_text}# EOF\n" : _text.ToString();

    private Family Begin(string name, string sample, string type, string help)
    {
        _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        return new Family(_text, sample);
    }

    /// <summary>The samples of one metric.</summary>
    internal sealed class Family(StringBuilder text, string name)
    {
        public void Of(long value, params ReadOnlySpan<(string Name, string Value)> labels)
        {
            text.Append(name);
            for (var i = 0; i < labels.Length; i++)
            {
                text.Append(i == 0 ? '{' : ',').Append(labels[i].Name).Append("=\"");
                foreach (var c in labels[i].Value)
                {
                    _ = c switch
                    {
                        '\\' => text.Append(@"\\"),
                        '"' => text.Append("\\\""),
                        '\n' => text.Append(@"\n"),
                        _ => text.Append(c),
                    };
                }

                text.Append('"');
            }

            text.Append(CultureInfo.InvariantCulture, $"{(labels.Length > 0 ? "}" : "")} {value}\n");
        }
    }
}
