using Airworthy.Code;
using Airworthy.Feedback;
using Airworthy.Git;
using Airworthy.Incidents;
using Airworthy.Journeys;
using Airworthy.Journeys.Intake;
using Airworthy.Model;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Journeys.Intake;

public sealed class FailureSitesTests : IDisposable
{
    private const string Money = """
        namespace Shop;

        public readonly record struct Money
        {
            public Money(long cents)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(cents);
                Cents = cents;
            }

            public long Cents { get; }

            public static Money operator -(Money left, Money right) => new(left.Cents - right.Cents);
        }

        """;

    private const string Before = """
        namespace Shop;

        public static class Pricing
        {
            public static Money Total(Money price, Money giftCard)
            {
                return price;
            }
        }

        """;

    private const string Refused = """
        System.ArgumentOutOfRangeException: cents ('-1500') must be a non-negative value. (Parameter 'cents')
           at System.ArgumentOutOfRangeException.ThrowNegative[T](T value, String paramName)
           at System.ArgumentOutOfRangeException.ThrowIfNegative[T](T value, String paramName)
           at Shop.Money..ctor(Int64 cents) in /build/src/Money.cs:line 7
           at Shop.Money.op_Subtraction(Money left, Money right) in /build/src/Money.cs:line 13
           at Shop.Pricing.Total(Money price, Money giftCard) in /build/src/Orders/Pricing.cs:line 7
           at Shop.Checkout.Pay() in /build/src/Checkout.cs:line 5
        """;

    private const string OutOfList = """
        System.ArgumentOutOfRangeException: Index was out of range. (Parameter 'index')
           at System.ThrowHelper.ThrowArgumentOutOfRange_IndexMustBeLessException()
           at Shop.Pricing.Total(Money price, Money giftCard) in /build/src/Orders/Pricing.cs:line 7
        """;

    private readonly RepositoryBuilder _repository = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _repository.Dispose();

    [Fact]
    public async Task The_frame_the_change_owns_is_to_blame_not_the_guard_that_threw()
    {
        var (site, culprit) = await FindAsync(Refused);

        Assert.Equal(("src/Orders/Pricing.cs", "Pricing.Total(Money, Money)"), (site.Frame.Path?.Value, site.Frame.Unit?.Name));
        Assert.Equal((Refusal.Callee, "src/Money.cs"), (site.Refusal, site.RefusedBy?.Path?.Value));
        Assert.Equal(["        return price - giftCard;"], site.Added);
        var lesson = new LessonWriter(TimeProvider.System).Write("shop", new IncidentId("i"), null, site, []);
        Assert.Equal("argument-out-of-range", lesson.FailureClass);
        Assert.Equal(["src/Orders/**/*.cs"], lesson.Scope);
        Assert.NotEqual(default, culprit);
    }

    [Fact]
    public async Task What_the_framework_refuses_of_its_own_collections_is_no_guard_of_ours()
    {
        var (site, _) = await FindAsync(OutOfList);

        Assert.Equal((Refusal.None, null), (site.Refusal, site.RefusedBy));
    }

    [Fact]
    public async Task A_guard_of_the_change_itself_is_its_own()
    {
        var (site, _) = await FindAsync(Refused.ReplaceLineEndings("\n").Replace(
            "   at Shop.Money..ctor(Int64 cents) in /build/src/Money.cs:line 7\n   at Shop.Money.op_Subtraction(Money left, Money right) in /build/src/Money.cs:line 13\n", "", StringComparison.Ordinal));

        Assert.Equal(Refusal.Own, site.Refusal);
        Assert.Equal(site.Frame, site.RefusedBy);
    }

    private async Task<(FailureSite Site, CommitId Culprit)> FindAsync(string stack)
    {
        _repository.Write("src/Money.cs", Money).Write("src/Orders/Pricing.cs", Before).Commit("Sell things");
        var culprit = CommitId.Parse(_repository.Wait(TimeSpan.FromHours(1))
            .Write("src/Orders/Pricing.cs", Before.Replace("return price;", "return price - giftCard;", StringComparison.Ordinal)).Commit("Take gift cards"));
        var trace = StackTraces.Read(stack)!;
        await using var git = await GitRepository.OpenAsync(_repository.Folder, Cancel);
        var attributor = AttributeJourney.AttributorOf(git, (_, _) => ValueTask.FromResult(Authorship.Unknown), (_, _) => ValueTask.FromResult<ChangeId?>(null));
        var revision = new DeployedRevision(culprit, RevisionSource.HeadRevision, Degraded: false);
        var attribution = await attributor.AttributeAsync(new AttributionQuery(trace, revision, null), Cancel);
        var site = await FailureSites.FindAsync(git, culprit, attribution, culprit, trace.Root.Type, Cancel);
        return (site!, culprit);
    }
}
