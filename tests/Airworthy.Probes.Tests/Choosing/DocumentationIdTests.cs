using Airworthy.Probes.Build.Choosing;
using Airworthy.Probes.Build.Patching;
using Airworthy.Probes.Tests.Weaving;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Airworthy.Probes.Tests.Choosing;

/// <summary>The ids are those of the compiler.</summary>
public sealed class DocumentationIdTests
{
    [Theory]
    [InlineData("Flow")]
    [InlineData("Members")]
    [InlineData("Memory")]
    [InlineData("Asynchronous")]
    public void Every_member_has_the_compilers_id(string file)
    {
        using var assembly = new EditedAssembly(Compiled.From(ShapeTests.Source(file)).Image);
        var ours = assembly.Module.GetTypes().SelectMany(type => type.Methods).Where(method => !method.Name.String.StartsWith('<')).Select(DocumentationId.Of).ToHashSet(StringComparer.Ordinal);
        var compilation = Compiled.CompilationOf(ShapeTests.Source(file));
        var theirs = compilation.GetSymbolsWithName(_ => true, SymbolFilter.Member, TestContext.Current.CancellationToken)
            .OfType<IMethodSymbol>()
            .Where(method => method.MethodKind is not MethodKind.LocalFunction and not MethodKind.AnonymousFunction && !method.ContainingType.IsExtension)
            .Select(method => method.GetDocumentationCommentId()!)
            .ToList();

        Assert.NotEmpty(theirs);
        Assert.DoesNotContain(theirs, id => !ours.Contains(id));
    }
}
