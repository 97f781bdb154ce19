extern alias replay;

using Airworthy.Probes.Build.Choosing;
using Airworthy.Probes.Build.Patching;
using Airworthy.Probes.Tests.Weaving;
using replay::Airworthy.Replay;
using Xunit;

namespace Airworthy.Probes.Tests.Replay;

/// <summary>A method that was woven under an id is found under it again.</summary>
public sealed class MethodIdTests
{
    [Theory]
    [InlineData("Flow")]
    [InlineData("Members")]
    [InlineData("Memory")]
    [InlineData("Asynchronous")]
    public void Every_woven_method_is_found_by_its_id(string file)
    {
        var compiled = Compiled.From(ShapeTests.Source(file));
        using var assembly = new EditedAssembly(compiled.Image);
        using var loaded = new LoadedSample(compiled.Image);
        var known = MethodIds.Of(loaded.Assembly);
        var woven = UserMethods.Of(assembly.Module, assembly.Lines).Where(method => method.Part.Length == 0 && !method.Written.IsConstructor && method.Written.Name != "<Main>$").Select(method => method.Id).ToList();

        Assert.NotEmpty(woven);
        Assert.All(woven, id => Assert.Contains(id, known.Keys));
    }
}
