using System.Text.RegularExpressions;
using Airworthy.Trials;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Airworthy.TrialWorker.Preparing;

/// <summary>Finds the regular expressions of a member: those its code names, and those of the fields and generated members it uses.</summary>
/// <param name="side">The side it is of.</param>
internal sealed class UnitPatterns(SideCompilation side)
{
    private const int Most = 20;

    /// <summary>Each, once.</summary>
    /// <param name="id">The member's documentation-comment id.</param>
    public IEnumerable<UnitPattern> Of(string id)
    {
        var found = new Dictionary<string, UnitPattern>(StringComparer.Ordinal);
        foreach (var reference in DocumentationCommentId.GetFirstSymbolForDeclarationId(id, side.Compilation)?.DeclaringSyntaxReferences ?? [])
        {
            var node = reference.GetSyntax();
            var model = side.Compilation.GetSemanticModel(node.SyntaxTree);
            Take(node, found);
            foreach (var used in node.DescendantNodes().OfType<SimpleNameSyntax>().Select(name => model.GetSymbolInfo(name).Symbol).Where(symbol => symbol is IFieldSymbol or IPropertySymbol or IMethodSymbol && IsRegex(symbol)).Distinct(SymbolEqualityComparer.Default))
            {
                foreach (var declared in used!.DeclaringSyntaxReferences)
                {
                    Take(declared.GetSyntax(), found);
                }
            }
        }

        return found.Values.Take(Most);
    }

    private static bool IsRegex(ISymbol symbol) => (symbol switch { IFieldSymbol field => field.Type, IPropertySymbol property => property.Type, IMethodSymbol method => method.ReturnType, _ => null }) is { Name: "Regex" };

    private void Take(SyntaxNode node, Dictionary<string, UnitPattern> found)
    {
        var model = side.Compilation.GetSemanticModel(node.SyntaxTree);
        foreach (var one in node.DescendantNodes())
        {
            var (method, arguments) = one switch
            {
                BaseObjectCreationExpressionSyntax creation => (model.GetSymbolInfo(creation).Symbol as IMethodSymbol, creation.ArgumentList?.Arguments.Select(argument => argument.Expression).ToList() ?? []),
                InvocationExpressionSyntax call => (model.GetSymbolInfo(call).Symbol as IMethodSymbol, call.ArgumentList.Arguments.Select(argument => argument.Expression).ToList()),
                AttributeSyntax { Name: var name } attribute when name.ToString().Contains("GeneratedRegex", StringComparison.Ordinal) => (model.GetSymbolInfo(attribute).Symbol as IMethodSymbol, attribute.ArgumentList?.Arguments.Select(argument => argument.Expression).ToList() ?? []),
                _ => (null, []),
            };
            if (method?.ContainingType.ToDisplayString() is not ("System.Text.RegularExpressions.Regex" or "System.Text.RegularExpressions.GeneratedRegexAttribute"))
            {
                continue;
            }

            var at = method.Parameters.ToList().FindIndex(parameter => parameter.Name == "pattern");
            if (at >= 0 && at < arguments.Count && model.GetConstantValue(arguments[at]) is { HasValue: true, Value: string pattern })
            {
                var options = arguments.Select(argument => model.GetConstantValue(argument)).Where((_, i) => i < method.Parameters.Length && method.Parameters[i].Name == "options").Select(value => value.Value as int? ?? 0).FirstOrDefault();
                var hasTimeout = method.Parameters.Select((parameter, i) => i < arguments.Count && parameter.Name.Contains("imeout", StringComparison.Ordinal)).Contains(true);
                found.TryAdd(pattern, new UnitPattern(pattern, options & ~(int)RegexOptions.Compiled, one.GetLocation().GetLineSpan().StartLinePosition.Line + 1, hasTimeout));
            }
        }
    }
}
