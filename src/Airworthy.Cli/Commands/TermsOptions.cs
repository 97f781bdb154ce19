using System.CommandLine;
using Airworthy.Probation;

namespace Airworthy.Cli.Commands;

/// <summary>The <c>--ratio</c> and <c>--alpha</c> of the verbs that judge.</summary>
internal sealed class TermsOptions
{
    private static readonly ProbationTerms s_default = new();

    private readonly Option<double> _ratio = new("--ratio")
    {
        Description = "The smallest harm that matters: how many times the baseline's odds of failing.", HelpName = "R", DefaultValueFactory = _ => s_default.Ratio,
    };

    private readonly Option<double> _alpha = new("--alpha")
    {
        Description = "The chance of a wrong answer that is allowed, each way.", HelpName = "A", DefaultValueFactory = _ => s_default.Alpha,
    };

    public void AddTo(Command command)
    {
        command.Add(_ratio);
        command.Add(_alpha);
    }

    public ProbationTerms Read(ParseResult parsed) => new ProbationTerms(parsed.GetValue(_ratio), parsed.GetValue(_alpha)).Checked();
}
