using System.CommandLine;

namespace Airworthy.Cli.Commands;

/// <summary>The <c>--format</c> of a verb: <c>text</c> for people, or the machine formats it offers.</summary>
internal sealed class FormatOption : Option<string>
{
    public FormatOption(params string[] machine)
        : base("--format")
    {
        Description = "How to answer.";
        DefaultValueFactory = _ => "text";
        this.AcceptOnlyFromAmong(["text", .. machine]);
    }

    /// <summary>True when people read the answer.</summary>
    public bool IsText(ParseResult parsed) => parsed.GetValue(this) == "text";
}
