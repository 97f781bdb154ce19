using System.CommandLine;

namespace Airworthy.Cli.Commands;

/// <summary>The <c>--rev</c> of a verb.</summary>
internal sealed class RevisionOption : Option<string>
{
    public RevisionOption(string description)
        : base("--rev")
    {
        Description = description;
        HelpName = "REV";
        DefaultValueFactory = _ => "HEAD";
    }
}
