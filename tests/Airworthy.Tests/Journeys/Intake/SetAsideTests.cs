using Airworthy.Journeys.Intake;
using Xunit;

namespace Airworthy.Tests.Journeys.Intake;

public class SetAsideTests
{
    [Fact]
    public void What_fails_three_times_is_set_aside_and_nothing_else_is()
    {
        var aside = new SetAside<long>();
        aside.Take(7);
        Assert.Null(aside.Fail());
        aside.Take(7);
        Assert.Null(aside.Fail());
        Assert.False(aside.Holds(7));
        aside.Take(7);

        Assert.Equal(7, aside.Fail());
        Assert.True(aside.Holds(7));
        Assert.False(aside.Holds(8));
    }

    [Fact]
    public void A_failure_with_nothing_in_hand_is_nobodys()
    {
        var aside = new SetAside<long>();
        aside.Take(7);
        aside.Done();
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(aside.Fail());
        }

        Assert.False(aside.Holds(7));
    }
}
