using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Airworthy.Code.Risks;

/// <summary>Calls by the names the source gives them.</summary>
internal static class Calls
{
    /// <summary>The name of what is called: of <c>a.b.C(x)</c> it is <c>C</c>.</summary>
    public static string Name(this InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.Text,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.Text,
        SimpleNameSyntax name => name.Identifier.Text,
        _ => "",
    };

    /// <summary>What it is called on, as written without <c>this.</c>: of <c>a.b.C(x)</c> it is <c>a.b</c>; empty when nothing stands there.</summary>
    public static string Receiver(this InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax access ? Bare(access.Expression) : "";

    /// <summary>An expression as written, without <c>this.</c>.</summary>
    public static string Bare(ExpressionSyntax expression)
    {
        var text = expression.ToString();
        return text.StartsWith("this.", StringComparison.Ordinal) ? text["this.".Length..] : text;
    }

    /// <summary>True when any argument, as written, holds one of the texts.</summary>
    public static bool Passes(this InvocationExpressionSyntax call, params ReadOnlySpan<string> texts)
    {
        foreach (var argument in call.ArgumentList.Arguments)
        {
            var written = argument.ToString();
            foreach (var text in texts)
            {
                if (written.Contains(text, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
