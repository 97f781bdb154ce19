using System.Collections.Immutable;
using Airworthy.Code;
using Airworthy.Trials;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Airworthy.TrialWorker.Preparing;

/// <summary>
/// Finds what is to be tried: members whose code differs, each with its counterpart at the base; renamed and moved ones by likeness; those that read a
/// field or constant that changed; and callers of changed members that outside code can't call.
/// </summary>
internal sealed class UnitFinder(SideCompilation @base, SideCompilation head, LiteralHarvest harvest)
{
    private const double LeastLikeness = 0.6;
    private const int MostAffected = 20;
    private const int MostCallers = 3;

    // Each is sought in every file.
    private const int MostSearched = 200;
    private const int MostDepth = 3;
    private const int MostDispatchers = 2;

    private readonly Dictionary<string, TrialUnit> _units = new(StringComparer.Ordinal);

    /// <summary>The units that a change of these files asks to be tried.</summary>
    public ImmutableArray<TrialUnit> Find(ImmutableArray<ChangedFile> files)
    {
        var before = Members(@base, files.Select(file => file.Base));
        var after = Members(head, files.Select(file => file.Head));
        var gone = before.Values.Where(member => !after.ContainsKey(member.Id)).ToList();
        var changed = new List<Member>();
        foreach (var member in after.Values.Where(member => member.HasBody || member.Symbol.IsExtern))
        {
            if (before.TryGetValue(member.Id, out var counterpart))
            {
                if (!member.Tokens.AsSpan().SequenceEqual(counterpart.Tokens))
                {
                    Add(member, counterpart, TrialOrigin.Changed, because: null);
                    changed.Add(member);
                }
            }
            else if (head.Compilation.Options is not null && DocumentationCommentId.GetFirstSymbolForDeclarationId(member.Id, @base.Compilation) is IMethodSymbol elsewhere && Declared(elsewhere, @base) is { } moved)
            {
                // The same member from a file that did not change: a part of a partial type.
                Add(member, moved, TrialOrigin.Changed, because: null);
                changed.Add(member);
            }
            else
            {
                var like = Closest(member, gone);
                if (like is not null)
                {
                    gone.Remove(like);
                }

                Add(member, like, like is null ? TrialOrigin.New : TrialOrigin.Changed, because: null);
                changed.Add(member);
            }
        }

        AddInitialised(files, before, changed);
        AddAffected(files, before, after);
        AddCallers(changed.Where(member => !member.IsPublic).ToList());
        AddDoors(changed);
        return [.. _units.Values];
    }

    /// <summary>Properties whose value from the beginning changed: a constant, or a function with code of its own.</summary>
    private void AddInitialised(ImmutableArray<ChangedFile> files, Dictionary<string, Member> before, List<Member> changed)
    {
        foreach (var member in Members(head, files.Select(file => file.Head)).Values)
        {
            if (Initialised(member) is { } now && before.TryGetValue(member.Id, out var old) && Initialised(old) is { } was && !now.Tokens.AsSpan().SequenceEqual(was.Tokens))
            {
                Add(now, was, TrialOrigin.Changed, because: null);
                changed.Add(now);
            }
        }
    }

    /// <summary>What gets a property, with the value that the property begins with as its code; null where there is none.</summary>
    private static Member? Initialised(Member getter) =>
        getter is { HasBody: false, Node: AccessorDeclarationSyntax { RawKind: (int)SyntaxKind.GetAccessorDeclaration, Parent.Parent: PropertyDeclarationSyntax { Initializer: { } value } property } }
            ? getter with { Node = property, Tokens = Member.TokensOf(value) } : null;

    private static Dictionary<string, Member> Members(SideCompilation side, IEnumerable<string?> files)
    {
        var members = new Dictionary<string, Member>(StringComparer.Ordinal);
        foreach (var tree in files.OfType<string>().Select(side.Tree).OfType<SyntaxTree>())
        {
            foreach (var member in Member.Of(tree, side.Compilation.GetSemanticModel(tree)))
            {
                members.TryAdd(member.Id, member);
            }
        }

        return members;
    }

    /// <summary>The member that is gone and most like a new one: of the same name, or of much the same code.</summary>
    private static Member? Closest(Member member, List<Member> gone)
    {
        var closest = gone
            .Where(other => other.Symbol.MethodKind == member.Symbol.MethodKind && other.Symbol.Parameters.Length == member.Symbol.Parameters.Length)
            .Select(other => (Member: other, Likeness: member.Likeness(other) + (other.Symbol.Name == member.Symbol.Name ? 0.3 : 0)))
            .OrderByDescending(one => one.Likeness)
            .FirstOrDefault();
        return closest.Likeness >= LeastLikeness ? closest.Member : null;
    }

    private static Member? Declared(IMethodSymbol symbol, SideCompilation side) =>
        symbol.DeclaringSyntaxReferences.FirstOrDefault() is { } reference
            ? Member.Of(reference.SyntaxTree, side.Compilation.GetSemanticModel(reference.SyntaxTree)).FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(member.Symbol, symbol))
            : null;

    /// <summary>Members that did not change, and name a field, constant or initialised property of their type that did.</summary>
    private void AddAffected(ImmutableArray<ChangedFile> files, Dictionary<string, Member> before, Dictionary<string, Member> after)
    {
        var was = Values(@base, files.Select(file => file.Base));
        var names = Values(head, files.Select(file => file.Head))
            .Where(value => was.TryGetValue(value.Key, out var old) && old != value.Value)
            .Select(value => value.Key[(value.Key.LastIndexOf('.') + 1)..])
            .ToHashSet(StringComparer.Ordinal);
        if (names.Count == 0)
        {
            return;
        }

        foreach (var member in after.Values.Where(member => member.HasBody && !_units.ContainsKey(member.Id) && before.ContainsKey(member.Id)).Take(10_000))
        {
            if (Array.Find(member.Tokens, names.Contains) is { } name && _units.Count(unit => unit.Value.Origin == TrialOrigin.Affected) < MostAffected)
            {
                Add(member, before[member.Id], TrialOrigin.Affected, $"reads {name}, which changed");
            }
        }
    }

    /// <summary>The code of fields and of properties with a value, by their names.</summary>
    private static Dictionary<string, string> Values(SideCompilation side, IEnumerable<string?> files)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var node in files.OfType<string>().Select(side.Tree).OfType<SyntaxTree>().SelectMany(tree => tree.GetRoot().DescendantNodes()))
        {
            var (name, value) = node switch
            {
                VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } field => (field.Identifier.Text, field.Initializer as SyntaxNode),
                PropertyDeclarationSyntax { Initializer: { } given } property => (property.Identifier.Text, given),
                _ => ("", null),
            };
            if (value is not null)
            {
                var type = string.Join('.', node.Ancestors().OfType<BaseTypeDeclarationSyntax>().Reverse().Select(type => type.Identifier.Text));
                values[$"{type}.{name}"] = string.Join(' ', Member.TokensOf(value));
            }
        }

        return values;
    }

    /// <summary>Callers that outside code can call, of members that it can't; through callers of callers where need be.</summary>
    private void AddCallers(List<Member> hidden)
    {
        var searched = 0;
        foreach (var member in hidden.Take(20))
        {
            var frontier = new Queue<(IMethodSymbol Symbol, int Depth)>([(member.Symbol, 0), .. Makers(member.Symbol).Select(maker => (maker, 0))]);
            var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { member.Symbol };
            var found = 0;
            while (found < MostCallers && searched++ < MostSearched && frontier.TryDequeue(out var next))
            {
                foreach (var caller in CallersOf(next.Symbol).Where(caller => seen.Add(caller.Symbol)).Take(20))
                {
                    if (!caller.IsPublic)
                    {
                        if (next.Depth < MostDepth)
                        {
                            frontier.Enqueue((caller.Symbol, next.Depth + 1));
                            foreach (var maker in Makers(caller.Symbol).Where(seen.Add))
                            {
                                frontier.Enqueue((maker, next.Depth + 1));
                            }
                        }

                        continue;
                    }

                    if (!_units.ContainsKey(caller.Id)
                        && DocumentationCommentId.GetFirstSymbolForDeclarationId(caller.Id, @base.Compilation) is IMethodSymbol same && Declared(same, @base) is { } counterpart)
                    {
                        Add(caller, counterpart, TrialOrigin.Caller, $"leads to {member.Symbol.Name}, which changed and can't be called from outside");
                        found++;
                    }
                }
            }
        }
    }

    /// <summary>
    /// The library's front doors, as its tests use them, where a changed member is called through an interface or by its base class: what takes a text. What
    /// goes in there may reach it, and is what users see.
    /// </summary>
    private void AddDoors(List<Member> changed)
    {
        var reached = changed.Where(member => member.Symbol.IsOverride || member.Symbol.IsVirtual || !member.IsPublic || member.Symbol.ContainingType.AllInterfaces.Any()).ToList();
        if (reached.Count == 0)
        {
            return;
        }

        var doors = new FrontDoors(head, harvest);
        foreach (var method in doors.OfTexts().Concat(doors.OfObjectsMadeOfTexts()).Concat(reached.SelectMany(Dispatchers).Distinct<IMethodSymbol>(SymbolEqualityComparer.Default).Take(MostDispatchers)))
        {
            if (method.GetDocumentationCommentId() is { } id && !_units.ContainsKey(id) && Declared(method, head) is { HasBody: true } member
                && DocumentationCommentId.GetFirstSymbolForDeclarationId(id, @base.Compilation) is IMethodSymbol same && Declared(same, @base) is { } counterpart)
            {
                Add(member, counterpart, TrialOrigin.Caller, $"may reach {reached[0].Symbol.ContainingType.Name}.{reached[0].Symbol.Name}, which changed", reached);
            }
        }
    }

    /// <summary>
    /// Public methods of one parameter's type that take what another is a kind of: <c>Renderer.Write(Node)</c> is how <c>Write(Renderer, ListNode)</c> of a class that knows lists is come to, from outside.
    /// </summary>
    private static IEnumerable<IMethodSymbol> Dispatchers(Member member)
    {
        var types = member.Symbol.Parameters.Select(parameter => parameter.Type).OfType<INamedTypeSymbol>().Where(type => type.TypeKind == TypeKind.Class && type.DeclaringSyntaxReferences.Length > 0).ToList();
        return types.SelectMany(BasesOf).SelectMany(type => type.GetMembers().OfType<IMethodSymbol>())
            .Where(method => method is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsAbstract: false, IsGenericMethod: false, MethodKind: MethodKind.Ordinary, Parameters: [var only] }
                && types.Exists(type => !BasesOf(type).Contains(method.ContainingType, SymbolEqualityComparer.Default) && BasesOf(type).Skip(1).Contains(only.Type, SymbolEqualityComparer.Default)))
            .OrderBy(method => method.ReturnsVoid);
    }

    /// <summary>A class of the code and those it is derived from, itself first.</summary>
    private static IEnumerable<INamedTypeSymbol> BasesOf(INamedTypeSymbol type)
    {
        for (var one = type; one is { DeclaringSyntaxReferences.Length: > 0 }; one = one.BaseType)
        {
            yield return one;
        }
    }

    /// <summary>The constructors of the hidden type that a member is of: whoever makes such an object may have it called, by an interface or a loop that does not name it.</summary>
    private static IEnumerable<IMethodSymbol> Makers(IMethodSymbol member) =>
        member is { IsStatic: false, MethodKind: not MethodKind.Constructor } && (member.ContainingType.DeclaredAccessibility != Accessibility.Public || member.ContainingType.ContainingType is not null)
            ? member.ContainingType.InstanceConstructors : [];

    private IEnumerable<Member> CallersOf(IMethodSymbol called)
    {
        var name = called.AssociatedSymbol?.Name ?? (called.MethodKind == MethodKind.Constructor ? called.ContainingType.Name : called.Name);
        foreach (var tree in head.Compilation.SyntaxTrees)
        {
            if (!tree.GetText().ToString().Contains(name, StringComparison.Ordinal))
            {
                continue;
            }

            var model = head.Compilation.GetSemanticModel(tree);
            foreach (var identifier in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Where(one => one.Identifier.Text == name))
            {
                var target = model.GetSymbolInfo(identifier).Symbol;
                var isIt = target is IMethodSymbol method ? SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, called.OriginalDefinition)
                    : target is IPropertySymbol property ? SymbolEqualityComparer.Default.Equals(property.OriginalDefinition, called.AssociatedSymbol?.OriginalDefinition)
                    : called.MethodKind == MethodKind.Constructor && target is INamedTypeSymbol made && SymbolEqualityComparer.Default.Equals(made.OriginalDefinition, called.ContainingType.OriginalDefinition)
                        && identifier.FirstAncestorOrSelf<ObjectCreationExpressionSyntax>(one => one.Type.Span.Contains(identifier.Span)) is not null;
                var around = isIt ? identifier.Ancestors().FirstOrDefault(node => CSharpSymbol.Of(node) is not null) : null;
                var symbol = around switch
                {
                    ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax of } => (model.GetDeclaredSymbol(of) as IPropertySymbol)?.GetMethod,
                    not null => model.GetDeclaredSymbol(around) as IMethodSymbol,
                    _ => null,
                };
                if (symbol?.GetDocumentationCommentId() is not null)
                {
                    yield return new Member(symbol, around!, Member.TokensOf(around!));
                }
            }
        }
    }

    private void Add(Member member, Member? counterpart, TrialOrigin origin, string? because, IReadOnlyList<Member>? speaksFor = null)
    {
        var lines = member.Node.GetLocation().GetLineSpan();
        var named = CSharpSymbol.Of(member.Node is PropertyDeclarationSyntax { AccessorList.Accessors: [var getter, ..] } ? getter : member.Node);
        _units.TryAdd(member.Id, new TrialUnit(
            named?.Id ?? member.Id,
            named?.Name ?? member.Symbol.Name,
            Path.GetRelativePath(head.Sources.Top, member.Node.SyntaxTree.FilePath),
            lines.StartLinePosition.Line + 1,
            lines.EndLinePosition.Line + 1,
            member.Id,
            counterpart?.Id,
            origin,
            because,
            Obstacle(member.Symbol),
            harvest.Of(member, counterpart, speaksFor ?? []))
        {
            IsPublic = member.IsPublic,
            BaseCode = counterpart is null ? null : CodeOf(counterpart),
            Documented = Exceptions(member.Symbol),
        });
    }

    private UnitCode CodeOf(Member member)
    {
        var lines = member.Node.GetLocation().GetLineSpan();
        return new UnitCode(Path.GetRelativePath(@base.Sources.Top, member.Node.SyntaxTree.FilePath), lines.StartLinePosition.Line + 1, lines.EndLinePosition.Line + 1);
    }

    private static string? Obstacle(IMethodSymbol symbol) =>
        symbol.MethodKind == MethodKind.Destructor ? "a finalizer is called by the runtime alone"
        : symbol.MethodKind == MethodKind.StaticConstructor ? "a static constructor runs once, with what uses its type"
        : symbol.IsExtern ? "it is code of another language"
        : symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ModuleInitializerAttribute") ? "it runs when its assembly is loaded"
        : symbol.Parameters.Any(parameter => parameter.Type is IPointerTypeSymbol or IFunctionPointerTypeSymbol) ? "it takes a pointer, and any made-up one would crash it"
        : symbol.ReturnsByRef || symbol.ReturnsByRefReadonly ? "it returns a reference"
        : symbol.MethodKind is MethodKind.EventAdd or MethodKind.EventRemove ? "it is an event's accessor"
        : null;

    private static ImmutableArray<string> Exceptions(IMethodSymbol symbol)
    {
        var documentation = ((ISymbol?)symbol.AssociatedSymbol ?? symbol).GetDocumentationCommentXml() ?? "";
        return [.. LiteralHarvest.ExceptionCrefs(documentation)];
    }
}
