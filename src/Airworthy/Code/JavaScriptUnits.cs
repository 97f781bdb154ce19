using System.Collections.Immutable;
using Acornima;
using Acornima.Ast;
using Airworthy.Model;

namespace Airworthy.Code;

/// <summary>
/// The functions of a JavaScript file, by Acornima's parser: declarations, methods, and functions that a name is given by a variable or a
/// property. A function without a name belongs to the one it stands in.
/// </summary>
internal static class JavaScriptUnits
{
    private static readonly ParserOptions s_options = new() { EcmaVersion = EcmaVersion.Latest, Tolerant = true, AllowHashBang = true };

    /// <summary>The functions in the file's order; null when it is not JavaScript that can be read (JSX, TypeScript, a mistake).</summary>
    public static ImmutableArray<CodeUnit>? Read(RepoPath path, string text)
    {
        try
        {
            var parser = new Parser(s_options);
            var units = ImmutableArray.CreateBuilder<CodeUnit>();
            Add(Parse(parser, text), [], path, units);
            return units.ToImmutable();
        }
        catch (Exception unread) when (unread is ParseErrorException or InsufficientExecutionStackException)
        {
            return null;
        }
    }

    private static Acornima.Ast.Program Parse(Parser parser, string text)
    {
        try
        {
            return parser.ParseModule(text);
        }
        catch (ParseErrorException)
        {
            // Sloppy code, such as a name 'await' or octal numbers, is a script.
            return parser.ParseScript(text);
        }
    }

    private static void Add(Node node, ImmutableArray<string> names, RepoPath path, ImmutableArray<CodeUnit>.Builder units)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (Named(node) is var (name, function, whole) && name is not null)
        {
            names = names.Add(name);
            if (function)
            {
                var symbol = string.Join('.', names);
                units.Add(new CodeUnit("javascript", symbol, symbol, path, new LineSpan(whole.Location.Start.Line, whole.Location.End.Line)));
            }
        }

        foreach (var child in node.ChildNodes)
        {
            Add(child, names, path, units);
        }
    }

    /// <summary>The name that a node gives, whether to a function, and where that stands as a whole.</summary>
    private static (string? Name, bool IsFunction, Node Whole) Named(Node node) => node switch
    {
        FunctionDeclaration function => (function.Id?.Name ?? "default", true, node),
        ClassDeclaration type => (type.Id?.Name ?? "default", false, node),
        MethodDefinition method => (KeyOf(method.Key), true, node),
        PropertyDefinition { Value: IFunction } property => (KeyOf(property.Key), true, node),
        VariableDeclarator { Id: Identifier id, Init: IFunction } => (id.Name, true, node),
        VariableDeclarator { Id: Identifier id, Init: ClassExpression } => (id.Name, false, node),
        AssignmentExpression { Left: MemberExpression { Property: Identifier id }, Right: IFunction } => (id.Name, true, node),
        AssignmentExpression { Left: Identifier id, Right: IFunction } => (id.Name, true, node),
        Property { Value: IFunction } property => (KeyOf(property.Key), true, node),
        _ => (null, false, node),
    };

    private static string? KeyOf(Node key) => key switch
    {
        Identifier id => id.Name,
        PrivateIdentifier id => $"#{id.Name}",
        StringLiteral text => text.Value,
        _ => null,
    };
}
