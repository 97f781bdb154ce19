using Airworthy.Code;
using Airworthy.Model;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Code;

public class PathResolverTests
{
    private static readonly PathResolver s_paths = new(
        new[] { "src/Shop/Refunds.cs", "src/Shop/Program.cs", "src/Admin/Program.cs", "src/Api/V1/Orders.cs", "src/Api/V2/Orders.cs", "README.md" }.Select(path => new RepoPath(path)));

    [Theory]
    [InlineData("src/Shop/Refunds.cs", "src/Shop/Refunds.cs")]
    [InlineData("/_/src/Shop/Refunds.cs", "src/Shop/Refunds.cs")]
    [InlineData("/app/build/src/Shop/Refunds.cs", "src/Shop/Refunds.cs")]
    [InlineData(@"C:\agent\_work\1\s\src\Shop\Refunds.cs", "src/Shop/Refunds.cs")]
    [InlineData("./src/Api/../Shop/Refunds.cs", "src/Shop/Refunds.cs")]
    [InlineData("Refunds.cs", "src/Shop/Refunds.cs")]
    [InlineData("/build/Shop/Program.cs", "src/Shop/Program.cs")]
    [InlineData("/x/V2/Orders.cs", "src/Api/V2/Orders.cs")]
    public void A_file_is_found_wherever_it_was_built(string told, string expected) => Assert.Equal(new RepoPath(expected), s_paths.Resolve(told).Path);

    [Fact]
    public void A_name_that_several_files_have_is_ambiguous_and_said_to_be()
    {
        var match = s_paths.Resolve("Program.cs");
        Assert.True(match.IsAmbiguous);
        Assert.Equal(2, match.Candidates);
    }

    [Theory]
    [InlineData("/usr/lib/framework/Refunds.cs")]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData(null)]
    public void Another_projects_file_is_none_of_ours(string? told) => Assert.Null(s_paths.Resolve(told).Path);

    [Fact]
    public void No_path_makes_it_throw() =>
        Gen.OneOf("..", "/", "\\", "_", "C:", "src", "Shop", "Refunds.cs", "", " ", "\0").Array[0, 12].Select(parts => string.Join('/', parts))
            .Sample(path => s_paths.Resolve(path).Candidates >= 0);
}
