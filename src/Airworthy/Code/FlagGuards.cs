using System.Collections.Immutable;
using System.Text;
using Airworthy.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Airworthy.Code;

/// <summary>
/// Which lines of a C# function stand behind a feature flag: in an <c>if</c> or a <c>? :</c> that asks one, after an <c>if</c> that asks one and
/// leaves, or in a member or type marked <c>[FeatureGate]</c>. By syntax, so by names.
/// </summary>
public static class FlagGuards
{
    private static readonly ImmutableArray<string> s_asks =
    [
        "IsEnabled", "IsEnabledAsync", "IsFeatureEnabled", "IsFeatureEnabledAsync", "GetBooleanValue", "GetBooleanValueAsync", "GetBooleanDetailsAsync", "BoolVariation", "BoolVariationDetail",
    ];

    /// <summary>For each function its statements' lines, and of them those behind a flag; empty for another language or a file too long to read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its content.</param>
    /// <param name="more">Names of methods that ask a flag, beside those of OpenFeature, LaunchDarkly and Microsoft.FeatureManagement.</param>
    public static IReadOnlyDictionary<CodeUnit, ImmutableDictionary<int, bool>> Read(RepoPath path, byte[] content, IReadOnlyCollection<string> more)
    {
        ArgumentNullException.ThrowIfNull(content);
        var found = new Dictionary<CodeUnit, ImmutableDictionary<int, bool>>();
        if (CodeUnits.Language(path) != "csharp" || content.Length > CodeUnits.MaxBytes)
        {
            return found;
        }

        HashSet<string> asks = [.. s_asks, .. more];
        foreach (var (unit, nodes) in CSharpUnits.Members(path, Encoding.UTF8.GetString(content)))
        {
            var guarded = nodes.SelectMany(node => Guarded(node, asks)).ToArray();
            found.TryAdd(unit, nodes.SelectMany(CSharpStatements.In).GroupBy(CSharpStatements.LineOf).ToImmutableDictionary(
                line => line.Key, line => line.All(statement => guarded.Any(span => span.Contains(statement.Span)))));
        }

        return found;
    }

    private static IEnumerable<Microsoft.CodeAnalysis.Text.TextSpan> Guarded(SyntaxNode member, HashSet<string> asks)
    {
        if (member.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().Any(IsMarked))
        {
            yield return member.Span;
        }

        foreach (var node in member.DescendantNodesAndSelf())
        {
            switch (node)
            {
                case IfStatementSyntax choice when Asks(choice.Condition, asks):
                    yield return choice.Span;
                    if (Leaves(choice.Statement) && choice.Parent is BlockSyntax block)
                    {
                        yield return Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(choice.Span.Start, block.Span.End);
                    }

                    break;
                case ConditionalExpressionSyntax choice when Asks(choice.Condition, asks) && choice.FirstAncestorOrSelf<SyntaxNode>(outer => outer is StatementSyntax or ArrowExpressionClauseSyntax) is { } whole:
                    yield return whole.Span;
                    break;
            }
        }
    }

    private static bool IsMarked(MemberDeclarationSyntax member) =>
        member.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() is "FeatureGate" or "FeatureGateAttribute");

    // A logger's IsEnabled asks for a level.
    private static bool Asks(ExpressionSyntax condition, HashSet<string> asks) => condition.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Any(call =>
        asks.Contains((call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            MemberBindingExpressionSyntax binding => binding.Name,
            SimpleNameSyntax name => name,
            _ => null,
        })?.Identifier.ValueText ?? "")
        && !call.ArgumentList.Arguments.Any(argument => argument.Expression.ToString().StartsWith("LogLevel", StringComparison.Ordinal)));

    private static bool Leaves(StatementSyntax statement) => statement switch
    {
        BlockSyntax { Statements: [.., var last] } => Leaves(last),
        ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax => true,
        YieldStatementSyntax leave => leave.Expression is null,
        _ => false,
    };
}
