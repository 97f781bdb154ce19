using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Airworthy.TrialWorker.Preparing;

/// <summary>Tells which types several threads use at once, by what they say and do: their documentation, locks and the like, state that is static, one instance for all.</summary>
/// <param name="side">The side they are of.</param>
internal sealed partial class SharedTypes(SideCompilation side)
{
    private const int MostTypes = 40;

    private static readonly string[] s_syncTypes = ["Interlocked", "Volatile", "Monitor", "ReaderWriterLockSlim", "SemaphoreSlim", "Mutex", "LazyInitializer", "ImmutableInterlocked", "SpinLock", "Lazy", "ThreadLocal", "Lock"];

    private readonly Dictionary<INamedTypeSymbol, string?> _known = new(SymbolEqualityComparer.Default);
    private HashSet<string>? _singletons;

    /// <summary>Why several threads use a type's state at once, as what follows "it": <c>takes a lock</c>; null when nothing says that they do.</summary>
    public string? WhyOf(INamedTypeSymbol type)
    {
        if (!_known.TryGetValue(type, out var why))
        {
            _known[type] = why = Find(type);
        }

        return why;
    }

    /// <summary>The types whose fields are watched when members of others are tried: those, what is nested in them, their bases, and what their fields hold.</summary>
    public static HashSet<INamedTypeSymbol> Around(IEnumerable<INamedTypeSymbol> types)
    {
        var found = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        var next = new Queue<INamedTypeSymbol>(types);
        while (found.Count < MostTypes && next.TryDequeue(out var type))
        {
            if (type.DeclaringSyntaxReferences.Length == 0 || type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || !found.Add(type))
            {
                continue;
            }

            foreach (var other in type.GetTypeMembers().Concat(type.BaseType is { } up ? [up.OriginalDefinition] : []).Concat(type.GetMembers().OfType<IFieldSymbol>().SelectMany(field => Named(field.Type))))
            {
                next.Enqueue(other);
            }
        }

        return found;
    }

    private static IEnumerable<INamedTypeSymbol> Named(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Named(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.SelectMany(Named).Prepend(named.OriginalDefinition),
        _ => [],
    };

    private string? Find(INamedTypeSymbol type)
    {
        // A value is copied: nobody shares it.
        if (type.TypeKind != TypeKind.Class || type.DeclaringSyntaxReferences.Length == 0)
        {
            return null;
        }

        var documentation = Documentation(type);
        if (NotSafe().IsMatch(documentation))
        {
            return null;
        }

        return Safe().IsMatch(documentation) ? "says it is for several threads"
            : type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).FirstOrDefault(Synchronizes) is not null ? "takes locks, or what is like them"
            : type.GetMembers().OfType<IFieldSymbol>().Any(IsSharedState) ? "has static state"
            : type.GetMembers().Any(member => member is IPropertySymbol { IsStatic: true } property && SymbolEqualityComparer.Default.Equals(property.Type, type)) && HasState(type) ? "has one instance for all"
            : (_singletons ??= Singletons()).Contains(type.Name) && HasState(type) ? "is registered as a singleton"
            : null;
    }

    private static bool IsSharedState(IFieldSymbol field) =>
        field is { IsStatic: true, IsConst: false } && !field.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "ThreadStaticAttribute")
        && field.AssociatedSymbol is not IEventSymbol && (!field.IsReadOnly || IsCollection(field.Type));

    private static bool IsCollection(ITypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString() is "System.Collections.Generic" or "System.Collections.Concurrent" && !type.Name.StartsWith('I') && !type.Name.EndsWith("Comparer", StringComparison.Ordinal);

    private static bool HasState(INamedTypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>().Any(field => !field.IsStatic && (!field.IsReadOnly || IsCollection(field.Type)));

    /// <summary>The documentation as it is written: it is read whether or not the project asks for it.</summary>
    private static string Documentation(INamedTypeSymbol type) => string.Concat(type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax().GetLeadingTrivia().ToFullString()));

    private static bool Synchronizes(SyntaxNode type) => type.DescendantNodes().Any(node => node is LockStatementSyntax
        || (node is SimpleNameSyntax name && (s_syncTypes.Contains(name.Identifier.Text, StringComparer.Ordinal) || (name.Identifier.Text.StartsWith("Concurrent", StringComparison.Ordinal) && name.Identifier.Text.Length > 10)))
        || (node is FieldDeclarationSyntax field && field.Modifiers.Any(SyntaxKind.VolatileKeyword)));

    /// <summary>Names of types that are given to a container once for all.</summary>
    private HashSet<string> Singletons()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tree in side.Compilation.SyntaxTrees.Where(tree => tree.GetText().ToString().Contains("Singleton", StringComparison.Ordinal)))
        {
            foreach (var name in tree.GetRoot().DescendantNodes().OfType<GenericNameSyntax>().Where(name => name.Identifier.Text is "AddSingleton" or "TryAddSingleton" or "AddHostedService" or "AddKeyedSingleton"))
            {
                found.UnionWith(name.TypeArgumentList.Arguments.Select(argument => argument.ToString().Split('.', '<')[^1]));
            }
        }

        return found;
    }

    [GeneratedRegex(@"\b(not|n't|never)\b[^.]{0,20}\bthread[- ]?safe|thread[- ]?unsafe|single[- ]thread|one thread at a time", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NotSafe();

    [GeneratedRegex(@"\bthread[- ]?safe|\b(several|many|multiple|any|different|all) threads|\bconcurrent(ly)?\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Safe();
}
