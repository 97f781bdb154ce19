using Airworthy.Telemetry.Workflows;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Airworthy.Tests.Telemetry.Workflows;

public class TraceChoiceTests
{
    [Fact]
    public void All_traces_are_looked_at_below_the_bound_and_few_enough_above_it()
    {
        var time = new FakeTimeProvider();
        var choice = new TraceChoice(time);

        Assert.Equal(1, choice.Next(TraceChoice.MostBytes));
        Assert.Equal(2, choice.Next(512));
        Assert.Equal(32, choice.Next(TraceChoice.MostBytes * 30));

        // The next window knows how many came in the one before, and the one after it that few came.
        time.Advance(TraceChoice.Window);
        Assert.Equal(32, choice.Next(1));
        time.Advance(TraceChoice.Window);
        Assert.Equal(1, choice.Next(1));
    }

    [Fact]
    public void What_is_chosen_at_one_in_many_is_chosen_at_one_in_fewer_and_the_share_is_as_told() =>
        Gen.Int[1, 10].Sample(shift =>
        {
            var ids = Enumerable.Range(0, 20_000).Select(i => new UInt128(unchecked((ulong)i * 0x1234_5678_9ABC_DEF1), (ulong)i)).ToList();
            var few = ids.Where(id => TraceChoice.Chooses(id, 1 << shift)).ToList();
            var more = ids.Where(id => TraceChoice.Chooses(id, 1 << (shift - 1))).ToHashSet();

            Assert.All(few, id => Assert.Contains(id, more));
            Assert.InRange(few.Count, (20_000 >> shift) * 0.5, ((20_000 >> shift) * 1.5) + 20);
        });

    [Fact]
    public void An_id_as_text_is_chosen_as_its_number_is() =>
        Gen.ULong.Select(Gen.ULong).Sample((high, low) =>
            TraceChoice.Chooses(new UInt128(high, low), 4) == TraceChoice.Chooses($"{high:x16}{low:x16}", 4));
}
