using Airworthy.Trials;
using Airworthy.TrialWorker.Making;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Trials;

/// <summary>A recipe that was written before a call can be read after the process is gone.</summary>
public sealed class RecipeCodecTests
{
    private static readonly Shapes s_shapes = new(new TypeSides(null, typeof(RecipeCodecTests).Assembly.Location));

    [Theory]
    [InlineData(typeof(int))]
    [InlineData(typeof(byte))]
    [InlineData(typeof(string))]
    [InlineData(typeof(decimal))]
    [InlineData(typeof(bool))]
    [InlineData(typeof(DateTime))]
    [InlineData(typeof(DateTimeOffset))]
    [InlineData(typeof(List<string>))]
    [InlineData(typeof(Dictionary<string, int?>))]
    [InlineData(typeof(DayOfWeek))]
    [InlineData(typeof(Func<int, bool>))]
    [InlineData(typeof(object))]
    public void What_is_read_builds_the_same(Type type)
    {
        var shape = s_shapes.Of(type, isNullPromised: true);
        Gen.ULong.Sample(seed =>
        {
            var recipe = shape.Make(new Chance(seed, LiteralPool.Empty), 3);
            var token = Written(recipe);
            var read = RecipeCodec.Read(new BinaryReader(new MemoryStream(token)), shape);
            Assert.Equal(token, Written(read));
            Assert.Equal(Text(recipe.Build(Side.Head)), Text(read.Build(Side.Head)));
        }, iter: 200);
    }

    [Fact]
    public void Simpler_inputs_come_to_an_end()
    {
        foreach (var type in new[] { typeof(int), typeof(long), typeof(double), typeof(string), typeof(List<int>) })
        {
            var shape = s_shapes.NotNull(type);
            Gen.ULong.Sample(seed =>
            {
                var recipe = shape.Make(new Chance(seed, LiteralPool.Empty), 3);
                for (var steps = 0; shape.Simpler(recipe).FirstOrDefault() is { } simpler; steps++)
                {
                    Assert.InRange(steps, 0, 500);
                    recipe = simpler;
                }
            }, iter: 100);
        }
    }

    private static byte[] Written(Recipe recipe)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        RecipeCodec.Write(writer, recipe);
        return bytes.ToArray();
    }

    private static string Text(object? value)
    {
        var text = new System.Text.StringBuilder();
        new TrialWorker.Observing.Observer(text).Write(value);
        return text.ToString();
    }
}
