using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Airworthy.Feedback;

/// <summary>A method that a test can call without making anything first: public, static, of plain values.</summary>
/// <param name="Target">How it is called, e.g. <c>global::Shop.Refunds.Split</c>.</param>
/// <param name="Parameters">Its parameters, with the keywords of their types.</param>
/// <param name="IsAwaited">True when it gives back a task.</param>
internal sealed record PlainCall(string Target, IReadOnlyList<(string Name, string Type)> Parameters, bool IsAwaited)
{
    private static readonly string[] s_plain = ["string", "bool", "int", "long", "short", "byte", "decimal", "double", "float"];

    /// <summary>The call; null when the method is not of that kind.</summary>
    public static PlainCall? Of(MethodDeclarationSyntax method)
    {
        if (WhyNot(method) is not null)
        {
            return null;
        }

        var parts = method.Ancestors().Select(node => node switch
        {
            TypeDeclarationSyntax type => type.Identifier.ValueText,
            BaseNamespaceDeclarationSyntax space => space.Name.ToString(),
            _ => null,
        }).OfType<string>().Reverse();
        var isAwaited = method.ReturnType.ToString() is var returned
            && (returned.StartsWith("Task", StringComparison.Ordinal) || returned.StartsWith("ValueTask", StringComparison.Ordinal));
        return new PlainCall(
            $"global::{string.Join('.', parts.Append(method.Identifier.ValueText))}",
            [.. method.ParameterList.Parameters.Select(parameter => (parameter.Identifier.ValueText, parameter.Type!.ToString().TrimEnd('?')))],
            isAwaited);
    }

    /// <summary>Why a method can't be called plainly; null when it can.</summary>
    public static string? WhyNot(MethodDeclarationSyntax method)
    {
        if (!method.Modifiers.Any(SyntaxKind.StaticKeyword))
        {
            return "it is of an instance, which the test must make";
        }

        if (!method.Modifiers.Any(SyntaxKind.PublicKeyword) || method.Ancestors().OfType<TypeDeclarationSyntax>().Any(type => !type.Modifiers.Any(SyntaxKind.PublicKeyword)))
        {
            return "it is not public; make its internals visible to the tests";
        }

        if (method.TypeParameterList is not null || method.Ancestors().OfType<TypeDeclarationSyntax>().Any(type => type.TypeParameterList is not null))
        {
            return "it is generic; choose its types";
        }

        return method.ParameterList.Parameters.FirstOrDefault(parameter =>
            parameter.Modifiers.Count > 0 || parameter.Type is null || !s_plain.Contains(parameter.Type.ToString().TrimEnd('?'), StringComparer.Ordinal)) is { } odd
            ? $"its parameter '{odd.Identifier.ValueText}' is no plain value; make one"
            : null;
    }
}
