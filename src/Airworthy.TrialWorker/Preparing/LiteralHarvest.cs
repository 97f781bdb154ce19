using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Airworthy.Trials;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Airworthy.TrialWorker.Preparing;

/// <summary>
/// Gathers the values a unit's code speaks of on both sides, those its tests pass it, and those of its documentation. A boundary that stands in the code falls
/// within a few tries once its number is in the pool, and not within a million before.
/// </summary>
internal sealed partial class LiteralHarvest
{
    private const int MostTests = 60;
    private const int MostFilesAbout = 12;
    private const long MostTestBytes = 64L * 1024 * 1024;

    /// <summary>Test methods' syntax by the names they mention.</summary>
    private readonly Dictionary<string, List<SyntaxNode>> _tests = new(StringComparer.Ordinal);

    /// <summary>The test sources, for tests that mention no member and are about a type by their names.</summary>
    private readonly List<string> _files = [];

    private readonly Dictionary<string, List<SyntaxNode>> _methods = new(StringComparer.Ordinal);

    /// <param name="folders">Where test sources lie.</param>
    /// <param name="names">Names of members whose tests are looked for.</param>
    public LiteralHarvest(IEnumerable<string> folders, IReadOnlySet<string> names)
    {
        var left = MostTestBytes;
        foreach (var file in folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)))
        {
            if (file.Contains("/obj/", StringComparison.Ordinal) || (left -= new FileInfo(file).Length) < 0)
            {
                continue;
            }

            _files.Add(file);
            var text = File.ReadAllText(file);
            var named = names.Where(name => text.Contains(name, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
            if (named.Count > 0)
            {
                foreach (var method in CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
                {
                    foreach (var name in method.DescendantTokens().Select(token => token.Text).Where(named.Contains).Distinct(StringComparer.Ordinal).ToList())
                    {
                        (_tests.TryGetValue(name, out var found) ? found : _tests[name] = []).Add(method);
                    }
                }
            }
        }
    }

    /// <summary>The pool of a unit.</summary>
    /// <param name="member">The unit.</param>
    /// <param name="counterpart">The same at the base.</param>
    /// <param name="reached">Members it is tried for, whose values are its own.</param>
    public LiteralPool Of(Member member, Member? counterpart, IReadOnlyList<Member> reached)
    {
        var code = new Gathered();
        code.Take(member.Node);
        code.Take(counterpart?.Node);
        foreach (var one in reached)
        {
            code.Take(one.Node.Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault() ?? one.Node);
        }

        // The constants that the code names stand beside it.
        var around = new Gathered();
        around.Take(member.Node.Ancestors().OfType<TypeDeclarationSyntax>().LastOrDefault());
        var tests = new Gathered();
        var name = member.Symbol.AssociatedSymbol?.Name ?? (member.Symbol.MethodKind == MethodKind.Constructor ? member.Symbol.ContainingType.Name : member.Symbol.Name);
        // Of many tests those first that are about what changed, by the words of their names; and where it is reached from far, those whose helpers do the calling.
        var words = reached.Append(member).SelectMany(one => WordsOf(one.Symbol.ContainingType.Name + one.Symbol.Name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var calling = MakersOf(member.Symbol).Prepend(name).Distinct(StringComparer.Ordinal).SelectMany(one => _tests.GetValueOrDefault(one) ?? []);
        foreach (var test in About(reached).Concat(calling).Distinct().OrderByDescending(test => WordsOf(NameOf(test)).Count(words.Contains)).Take(MostTests))
        {
            tests.Take(test);
        }

        var documentation = member.Symbol.GetDocumentationCommentXml() ?? "";
        foreach (Match example in Quoted().Matches(documentation))
        {
            tests.Texts.Add(example.Groups["text"].Value);
        }

        return new LiteralPool(
            First(code.Numbers.Concat(around.Numbers)),
            First(code.Reals.Concat(around.Reals)),
            First(code.Texts.Concat(around.Texts)),
            new string([.. code.Characters.Concat(around.Characters).Distinct().Take(LiteralPool.Most)]),
            First(tests.Numbers),
            First(tests.Texts));
    }

    /// <summary>
    /// Names by which tests make what a member needs: the factories of its type and of its parameters' types, and the types themselves. An object that is made from a text is made from
    /// those that tests give its factory: any other text is refused.
    /// </summary>
    public static IEnumerable<string> MakersOf(IMethodSymbol symbol)
    {
        var types = symbol.Parameters.Select(parameter => parameter.Type).OfType<INamedTypeSymbol>().Concat(symbol.IsStatic ? [] : [symbol.ContainingType]);
        foreach (var type in types.Where(type => type.DeclaringSyntaxReferences.Length > 0))
        {
            if (type.InstanceConstructors.Any(constructor => constructor.Parameters.Length > 0))
            {
                yield return type.Name;
            }

            foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
            {
                if (method is { IsStatic: true, MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public } && SymbolEqualityComparer.Default.Equals(method.ReturnType, type))
                {
                    yield return method.Name;
                }
            }
        }
    }

    /// <summary>How many test methods mention a name.</summary>
    public int Uses(string name) => _tests.TryGetValue(name, out var found) ? found.Count : 0;

    /// <summary>The methods of those test files that share the most words of their names with the types of some members.</summary>
    private IEnumerable<SyntaxNode> About(IReadOnlyList<Member> members)
    {
        var words = members.SelectMany(one => WordsOf(one.Symbol.ContainingType.Name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return _files
            .Select(file => (File: file, Shared: WordsOf(Path.GetFileName(file)).Count(words.Contains)))
            .Where(one => one.Shared > 0)
            .OrderByDescending(one => one.Shared)
            .Take(MostFilesAbout)
            .SelectMany(one => _methods.TryGetValue(one.File, out var known) ? known : _methods[one.File] = [.. CSharpSyntaxTree.ParseText(File.ReadAllText(one.File)).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()]);
    }

    /// <summary>The exceptions a documentation comment names.</summary>
    public static IEnumerable<string> ExceptionCrefs(string documentation) =>
        Thrown().Matches(documentation).Select(match => match.Groups["type"].Value).Distinct(StringComparer.Ordinal);

    /// <summary>The words of a name, one of many as one.</summary>
    private static IEnumerable<string> WordsOf(string name) => CamelWords().Matches(name).Select(match => match.Value.TrimEnd('s'));

    private static string NameOf(SyntaxNode test) =>
        $"{(test.Parent as TypeDeclarationSyntax)?.Identifier.Text} {(test as MethodDeclarationSyntax)?.Identifier.Text}";

    private static ImmutableArray<T> First<T>(IEnumerable<T> values) => [.. values.Distinct().Take(LiteralPool.Most)];

    [GeneratedRegex("[A-Z][a-z]{3,}", RegexOptions.NonBacktracking)]
    private static partial Regex CamelWords();

    [GeneratedRegex("<exception cref=\"T:(?<type>[^\"]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Thrown();

    [GeneratedRegex("\"(?<text>[^\"<>=]{1,80})\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    private sealed class Gathered
    {
        public List<long> Numbers { get; } = [];

        public List<double> Reals { get; } = [];

        public List<string> Texts { get; } = [];

        public List<char> Characters { get; } = [];

        public void Take(SyntaxNode? node)
        {
            foreach (var token in node?.DescendantTokens() ?? [])
            {
                Take(token);
            }
        }

        private void Take(SyntaxToken token)
        {
            switch (token.Value)
            {
                case string text when token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.InterpolatedStringTextToken && text.Length is > 0 and <= 1000:
                    Texts.Add(text);
                    break;
                case char character:
                    Characters.Add(character);
                    break;
                case double or float or decimal when token.IsKind(SyntaxKind.NumericLiteralToken):
                    Reals.Add(Convert.ToDouble(token.Value, CultureInfo.InvariantCulture));
                    break;
                case ulong big when token.IsKind(SyntaxKind.NumericLiteralToken):
                    Numbers.Add(unchecked((long)big));
                    break;
                case int or long or uint when token.IsKind(SyntaxKind.NumericLiteralToken):
                    var number = Convert.ToInt64(token.Value, CultureInfo.InvariantCulture);
                    Numbers.Add(token.GetPreviousToken().IsKind(SyntaxKind.MinusToken) ? -number : number);
                    break;
            }
        }
    }
}
