using Airworthy.Journeys.Flags;
using Airworthy.Model;
using Airworthy.Policies;
using Xunit;

namespace Airworthy.Tests.Journeys.Flags;

public class KnownFlagTests
{
    [Theory]
    [InlineData("", 0u)]
    [InlineData("hello", 0x248bfa47u)]
    [InlineData("hello, world", 0x149bbb7fu)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x2e4ff723u)]
    public void The_hash_is_the_one_that_others_split_by(string text, uint hash) => Assert.Equal(hash, Murmur3.Of(text));

    [Fact]
    public void A_ramp_gives_its_share_and_only_adds_keys()
    {
        var keys = Enumerable.Range(0, 20_000).Select(i => $"user-{i}").ToList();
        var few = keys.Where(key => Flag(ramp: 0.1).Answer(key)!.IsOn).ToHashSet();
        var more = keys.Where(key => Flag(ramp: 0.3).Answer(key)!.IsOn).ToHashSet();
        Assert.InRange(few.Count, 1_850, 2_150);
        Assert.InRange(more.Count, 5_800, 6_200);
        Assert.Superset(few, more);
        Assert.Equal(few, keys.Where(key => Flag(ramp: 0.1).Answer(key)!.IsOn).ToHashSet());
    }

    [Fact]
    public void Another_flag_turns_others_on()
    {
        var keys = Enumerable.Range(0, 2_000).Select(i => $"user-{i}").ToList();
        var both = keys.Count(key => Flag(0.5).Answer(key)!.IsOn && Flag(0.5, key: "another").Answer(key)!.IsOn);
        Assert.InRange(both, 430, 570);
    }

    [Fact]
    public void Only_a_ramp_needs_a_targeting_key()
    {
        Assert.Null(Flag(ramp: 0.5).Answer(null));
        Assert.Null(Flag(ramp: 0.5).Answer(""));
        Assert.Equal((true, "STATIC"), (Flag(ramp: 1).Answer(null)!.IsOn, Flag(ramp: 1).Answer(null)!.Reason));
        Assert.Equal(false, Flag(ramp: 0).Answer(null)!.Value);
    }

    [Fact]
    public void Switched_off_it_is_off_for_everyone_and_says_which_change_and_why()
    {
        var answer = Flag(ramp: 1, off: "c1 is suspect.").Answer("user-1")!;
        Assert.Equal((false, "off", "DISABLED", false), (answer.IsOn, answer.Variant, answer.Reason, answer.Value));
        Assert.Equal(("c1", "suspect", "c1 is suspect."), (answer.Metadata["change"], answer.Metadata["state"], answer.Metadata["off"]));
    }

    [Fact]
    public void Its_values_may_be_texts()
    {
        var flag = Flag(ramp: 1) with { Flag = new FeatureFlag("new-refunds", [], 1, TurnsOff: true, "v2", "v1") };
        Assert.Equal("v2", flag.Answer(null)!.Value);
        Assert.Equal("v1", (flag with { OffBy = [(new ChangeId("c1"), "so")] }).Answer(null)!.Value);
    }

    private static KnownFlag Flag(double ramp, string key = "new-refunds", string? off = null) =>
        new("shop", new FeatureFlag(key, [], ramp, TurnsOff: true, On: null, Off: null), [(new ChangeId("c1"), ChangeState.Suspect)], off is null ? [] : [(new ChangeId("c1"), off)]);
}
