using Airworthy.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Airworthy.Code.Risks;

/// <summary>Values that came out otherwise before: bounds, defaults, and texts that depend on where the program runs.</summary>
internal static class ValueRisks
{
    private static readonly string[] s_cultural = ["double", "float", "decimal", "Double", "Single", "Decimal", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly"];

    public static IEnumerable<RiskSignal> CultureDependent(ChangedMember member)
    {
        foreach (var call in member.Changed<InvocationExpressionSyntax>())
        {
            var says = call.Name() switch
            {
                "Parse" or "TryParse" when s_cultural.Contains(call.Receiver(), StringComparer.Ordinal) && !call.Passes("Culture", "Invariant", "rovider", "FormatInfo") =>
                    $"{call.Receiver()}.{call.Name()} reads by the machine's culture",
                "ToLower" or "ToUpper" when call.ArgumentList.Arguments.Count == 0 && call.Receiver().Length > 0 => $"{call.Name()} turns letters by the machine's culture",
                _ => null,
            };
            if (says is not null)
            {
                yield return new RiskSignal("culture-dependent", ChangedMember.LineOf(call), says);
            }
        }

        foreach (var access in member.Changed<MemberAccessExpressionSyntax>())
        {
            if (access is { Name.Identifier.Text: "Now" or "Today" } && Calls.Bare(access.Expression) is "DateTime" or "System.DateTime")
            {
                yield return new RiskSignal("culture-dependent", ChangedMember.LineOf(access), $"{access} is in the machine's time zone");
            }
        }
    }

    public static IEnumerable<RiskSignal> ChangedBound(ChangedMember member)
    {
        var before = member.AllBefore<BinaryExpressionSyntax>().Where(IsBound).ToList();
        foreach (var old in member.All<BinaryExpressionSyntax>().Where(IsBound))
        {
            before.Remove(before.Find(one => Same(one, old))!);
        }

        foreach (var bound in member.Changed<BinaryExpressionSyntax>().Where(IsBound))
        {
            // The same things were compared in another way, or with another number.
            var was = before.Find(one => Same(one.Left, bound.Left) && Same(one.Right, bound.Right) && !one.IsKind(bound.Kind()))
                ?? before.Find(one => one.IsKind(bound.Kind()) && (IsNumber(one.Right) && IsNumber(bound.Right) && Same(one.Left, bound.Left) && !Same(one.Right, bound.Right)));
            if (was is not null)
            {
                before.Remove(was);
                yield return new RiskSignal("changed-bound", ChangedMember.LineOf(bound), $"'{was}' became '{bound}'");
            }
        }
    }

    public static IEnumerable<RiskSignal> ChangedDefault(ChangedMember member)
    {
        if (member.Nodes[0] is not BaseMethodDeclarationSyntax method || member.Before is not [BaseMethodDeclarationSyntax before])
        {
            yield break;
        }

        foreach (var parameter in method.ParameterList.Parameters)
        {
            var was = before.ParameterList.Parameters.FirstOrDefault(one => one.Identifier.Text == parameter.Identifier.Text)?.Default?.Value;
            if (was is not null && (parameter.Default is null || !Same(parameter.Default.Value, was)))
            {
                yield return new RiskSignal(
                    "changed-default",
                    ChangedMember.LineOf(parameter),
                    $"'{parameter.Identifier.Text}' was {was} by default and is {parameter.Default?.Value.ToString() ?? "none"}: callers that leave it out get another value");
            }
        }
    }

    private static bool IsBound(BinaryExpressionSyntax expression) => expression.Kind()
        is SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression or SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression;

    private static bool IsNumber(ExpressionSyntax expression) => expression.IsKind(SyntaxKind.NumericLiteralExpression);

    private static bool Same(SyntaxNode left, SyntaxNode right) => SyntaxFactory.AreEquivalent(left, right);
}
