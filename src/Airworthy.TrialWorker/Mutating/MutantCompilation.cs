using System.Collections.Immutable;
using Airworthy.Trials;
using Airworthy.Trials.Mutation;
using Airworthy.TrialWorker.Preparing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Airworthy.TrialWorker.Mutating;

/// <summary>Compiles the head once with all mutants of its changed lines in it, and with counters that end what a mutant would never end.</summary>
internal sealed class MutantCompilation
{
    private const int MostAttempts = 12;
    private const int MostText = 300;

    private readonly SideCompilation _head;
    private readonly List<(Mutant Mutant, Mutation Syntax)> _mutants = [];
    private readonly HashSet<int> _refused = [];
    private readonly HashSet<SyntaxTree> _plain = [];
    private int _arid;
    private int _leftOut;

    private MutantCompilation(SideCompilation head) => _head = head;

    /// <summary>Plans and compiles them.</summary>
    /// <param name="head">The head.</param>
    /// <param name="files">The changed files, with their changed lines.</param>
    /// <param name="units">The units; those whose own code changed have mutants.</param>
    public static MutationPlan Run(SideCompilation head, ImmutableArray<ChangedFile> files, ImmutableArray<TrialUnit> units)
    {
        var compilation = new MutantCompilation(head);
        foreach (var file in files.Where(file => file.Head is not null))
        {
            compilation.Find(file, units);
        }

        return compilation.Compile();
    }

    private void Find(ChangedFile file, ImmutableArray<TrialUnit> units)
    {
        if (_head.Tree(file.Head!) is not { } tree)
        {
            return;
        }

        var model = _head.Compilation.GetSemanticModel(tree);
        foreach (var member in Member.Of(tree, model).Where(member => !Arid.Is(member.Symbol)))
        {
            var unit = units.Select((one, i) => (Unit: one, Index: i)).FirstOrDefault(one => one.Unit.HeadId == member.Id && one.Unit.Origin is TrialOrigin.Changed or TrialOrigin.New);
            if (unit.Unit is null)
            {
                continue;
            }

            var finder = new MutantFinder(model, line => file.Lines.Any(span => span.Contains(line)));
            finder.Visit(member.Node);
            _arid += finder.AridCalls;
            foreach (var line in finder.Found.GroupBy(mutation => mutation.Line))
            {
                // One of each kind before a second of any: four of one kind say the same four times.
                var kept = line.GroupBy(MutantFinder.Order).SelectMany(group => group.Select((mutation, turn) => (Mutation: mutation, Turn: turn)))
                    .OrderBy(one => one.Turn).ThenBy(one => MutantFinder.Order(one.Mutation)).Select(one => one.Mutation).ToList();
                foreach (var mutation in kept.Take(Math.Min(MutationPlan.MostPerLine, MutationPlan.Most - _mutants.Count)))
                {
                    _mutants.Add((Of(mutation, _mutants.Count + 1, unit.Index, file.Head!), mutation));
                }

                _leftOut += Math.Max(0, kept.Count - Math.Min(MutationPlan.MostPerLine, MutationPlan.Most - _mutants.Count));
            }
        }
    }

    private static Mutant Of(Mutation mutation, int id, int unit, string path)
    {
        var span = mutation.Node.GetLocation().GetLineSpan();
        return new Mutant(id, unit, path, At(span.StartLinePosition), At(span.EndLinePosition), mutation.Mutator, Text(mutation.Node), mutation.Replacement is { } instead ? Text(instead) : "");
    }

    private static CodePosition At(LinePosition at) => new(at.Line + 1, at.Character + 1);

    private static string Text(SyntaxNode node)
    {
        var text = node.WithoutTrivia().NormalizeWhitespace(indentation: "", eol: " ").ToString();
        return text.Length > MostText ? text[..MostText] + "…" : text;
    }

    private MutationPlan Compile()
    {
        var assembly = "";
        for (var attempt = 0; attempt < MostAttempts && _refused.Count < _mutants.Count; attempt++)
        {
            var (compilation, trees) = Build();
            Directory.CreateDirectory(Output);
            var file = Path.Combine(Output, Path.GetFileName(_head.Sources.Assembly));
            var errors = _head.Emit(compilation, file);
            if (errors.IsEmpty)
            {
                File.WriteAllText(Path.Combine(Output, "built"), _head.Sources.Assembly);
                assembly = file;
                break;
            }

            var before = _refused.Count + _plain.Count;
            foreach (var error in errors)
            {
                Refuse(error, trees);
            }

            if (_refused.Count + _plain.Count == before)
            {
                break;
            }
        }

        return new MutationPlan(assembly, [.. _mutants.Select(one => one.Mutant with { Compiles = assembly.Length > 0 && !_refused.Contains(one.Mutant.Id) })], _arid, _leftOut);
    }

    private string Output => _head.Sources.Output + "-mutants";

    private (CSharpCompilation Compilation, Dictionary<SyntaxTree, SyntaxTree> Trees) Build()
    {
        var compilation = _head.Compilation;
        var options = (CSharpParseOptions)compilation.SyntaxTrees.First().Options;
        var awake = _mutants.Where(one => !_refused.Contains(one.Mutant.Id)).ToLookup(one => one.Syntax.Node.SyntaxTree);
        var edges = 0;
        var originals = new Dictionary<SyntaxTree, SyntaxTree>();
        foreach (var original in compilation.SyntaxTrees.Where(tree => !_plain.Contains(tree) && (awake.Contains(tree) || Instrumentation.IsOwn(tree))))
        {
            var rewriter = new EdgeRewriter(edges);
            var root = rewriter.Visit(Schemata.Insert(original.GetRoot(), awake[original].Select(one => (one.Mutant.Id, one.Syntax))))!;
            edges = rewriter.Next;
            var tree = CSharpSyntaxTree.Create((CSharpSyntaxNode)root, (CSharpParseOptions)original.Options, original.FilePath, original.Encoding);
            compilation = compilation.ReplaceSyntaxTree(original, tree);
            originals[tree] = original;
        }

        return (compilation.AddSyntaxTrees(
            CSharpSyntaxTree.ParseText(EdgeRewriter.Counters(edges, isBounded: true), options, "AirworthyTrial.cs", System.Text.Encoding.UTF8),
            CSharpSyntaxTree.ParseText(Schemata.Switch(_mutants.Count), options, "AirworthyMutants.cs", System.Text.Encoding.UTF8)), originals);
    }

    /// <summary>
    /// Takes back what an error lies in: a mutant; where it lies beside them (a way that does not return, a variable nobody set) those of the member around it that take statements out, else
    /// all of it; where there is none, the whole file, which is compiled as it was.
    /// </summary>
    private void Refuse(Diagnostic error, Dictionary<SyntaxTree, SyntaxTree> originals)
    {
        if (error.Location.SourceTree is not { } tree || !originals.TryGetValue(tree, out var original))
        {
            return;
        }

        var root = tree.GetRoot();
        var node = root.FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true);
        var here = Schemata.At(node).ToList();
        if (here.Count == 0)
        {
            here = Schemata.In(node.FirstAncestorOrSelf<MemberDeclarationSyntax>(one => one is not BaseTypeDeclarationSyntax) ?? root).ToList();
            var removals = here.Where(id => _mutants[id - 1].Syntax.Node is StatementSyntax).ToList();
            here = removals.Count > 0 ? removals : here;
        }

        _refused.UnionWith(here);
        if (here.Count == 0)
        {
            _plain.Add(original);
            _refused.UnionWith(_mutants.Where(one => one.Syntax.Node.SyntaxTree == original).Select(one => one.Mutant.Id));
        }
    }
}
