using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Airworthy.TrialWorker.Mutating;

/// <summary>
/// Tells code whose mutants no test should notice: logging, messages of exceptions, hints of size. Half of a report of such mutants is why nobody reads the other half.
/// </summary>
/// <param name="model">What names mean.</param>
internal sealed class Arid(SemanticModel model)
{
    private static readonly HashSet<string> s_hints = new(StringComparer.OrdinalIgnoreCase) { "capacity", "initialCapacity", "bufferSize", "message", "paramName", "parameterName", "concurrencyLevel", "continueOnCapturedContext", "disposing" };

    /// <summary>Whether nothing in a node is worth a mutant.</summary>
    public bool Is(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call => IsLogging(call) || IsNameOf(call) || IsException(call),
        BaseObjectCreationExpressionSyntax made => IsException(made),
        ArgumentSyntax argument => IsHint(argument),
        _ => false,
    };

    /// <summary>Whether a whole member is: a hash may be any number.</summary>
    public static bool Is(IMethodSymbol member) => member is { Name: "GetHashCode", Parameters.Length: 0 } or { MethodKind: MethodKind.StaticConstructor or MethodKind.Destructor };

    private static bool IsNameOf(InvocationExpressionSyntax call) => call.Expression is IdentifierNameSyntax { Identifier.Text: "nameof" };

    private bool IsLogging(InvocationExpressionSyntax call)
    {
        if (model.GetSymbolInfo(call).Symbol is not IMethodSymbol method)
        {
            return false;
        }

        var type = method.ContainingType;
        return type.Name.Contains("Logger", StringComparison.Ordinal) || method.ReceiverType?.Name.Contains("Logger", StringComparison.Ordinal) == true
            || type.Name is "Log" or "LoggerMessage" || (type.ContainingNamespace.ToDisplayString() == "System.Diagnostics" && type.Name is "Debug" or "Trace" or "Activity" or "EventSource")
            || (type.ToDisplayString() == "System.GC");
    }

    /// <summary>Making an exception, by its constructor or by somebody who makes it: whether it is thrown matters, not what it says.</summary>
    private bool IsException(ExpressionSyntax made)
    {
        for (var type = model.GetTypeInfo(made).Type; type is not null; type = type.BaseType)
        {
            if (type is { Name: "Exception", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
            {
                return true;
            }
        }

        return false;
    }

    private bool IsHint(ArgumentSyntax argument)
    {
        if (argument.NameColon is { } named)
        {
            return s_hints.Contains(named.Name.Identifier.Text);
        }

        var list = argument.Parent as ArgumentListSyntax;
        var at = list?.Arguments.IndexOf(argument) ?? -1;
        return list?.Parent is { } call && model.GetSymbolInfo(call).Symbol is IMethodSymbol method && at >= 0 && at < method.Parameters.Length && s_hints.Contains(method.Parameters[at].Name);
    }
}
