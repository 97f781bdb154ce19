using Airworthy.Telemetry;
using Xunit;

namespace Airworthy.Tests.Telemetry;

public class OperationLinkTests
{
    [Theory]
    [InlineData("GET /orders/{id}", "GET /orders/{id}", true)]
    [InlineData("/orders/{id}", "GET /orders/{id}", true)]
    [InlineData("GET /orders/{id}", "/orders/{id}", true)]
    [InlineData("checkout", "abandoned checkout", false)]
    [InlineData("checkout", "checkouts", false)]
    [InlineData("/orders/{id}", "GET /", false)]
    [InlineData("", "GET ", true)]
    public void What_is_counted_is_the_operation_where_a_method_alone_is_before_it(string operation, string counted, bool isThat) =>
        Assert.Equal(isThat, new OperationLink(operation, "F", "", 1, 1).IsCountedAs(counted));
}
