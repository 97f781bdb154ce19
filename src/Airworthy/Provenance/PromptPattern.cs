using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Airworthy.Provenance;

/// <summary>
/// How something was asked of an agent, without what was asked: whether files were named, whether tests were asked for, how long the request was. Coarse on
/// purpose: it tells ways of asking apart, never who asked.
/// </summary>
public static partial class PromptPattern
{
    /// <summary>Characters of a request from which it is no longer short.</summary>
    private const int Short = 200;

    /// <summary>Characters from which it is long.</summary>
    private const int Long = 1000;

    /// <summary>The patterns of the prompts behind one commit, taken together: one of each kind; none of no prompt.</summary>
    public static ImmutableArray<string> Of(ImmutableArray<Prompt> prompts)
    {
        if (prompts.IsEmpty)
        {
            return [];
        }

        var length = prompts.Sum(prompt => (long)prompt.Text.Length);
        return
        [
            prompts.Any(prompt => File().IsMatch(prompt.Text)) ? "files named" : "no file named",
            prompts.Any(prompt => Test().IsMatch(prompt.Text)) ? "tests asked for" : "no tests asked for",
            length < Short ? "request under 200 characters" : length < Long ? "request of 200 to 999 characters" : "request of 1,000 characters or more",
        ];
    }

    [GeneratedRegex(@"(?:^|[\s`'""(@])\w[\w./\\-]+\.[A-Za-z][A-Za-z0-9]{0,7}(?:$|[\s`'"",:;)?!.])", RegexOptions.NonBacktracking)]
    private static partial Regex File();

    [GeneratedRegex(@"\b(?:unit |integration |regression )?(?:tests?|testing|tested)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Test();
}
