using Airworthy.Journeys;
using Airworthy.Model;
using Xunit;

namespace Airworthy.Tests.Journeys;

public class ServiceNamesTests
{
    [Theory]
    [InlineData("<Project Sdk=\"Microsoft.NET.Sdk.Web\">", "Shop")]
    [InlineData("<Project Sdk='Microsoft.NET.Sdk.Worker'>", "Shop")]
    [InlineData("<?xml version=\"1.0\"?>\n<Project  ToolsVersion=\"1\" Sdk = \"Microsoft.NET.Sdk.Web/1.0\">", "Shop")]
    [InlineData("<Project Sdk=\"Microsoft.NET.Sdk\">", null)]
    public void A_web_or_worker_project_is_a_service(string project, string? service) =>
        Assert.Equal(service is null ? [] : [service], ServiceNames.OfProject(new RepoPath("src/Shop/Shop.csproj"), project));

    [Fact]
    public void A_name_that_a_shell_would_act_on_is_no_service() =>
        Assert.Empty(ServiceNames.OfProject(new RepoPath("x;reboot.csproj"), "<Project Sdk=\"Microsoft.NET.Sdk.Web\">"));

    [Fact]
    public void A_compose_file_names_the_services_it_builds()
    {
        const string Compose = """
            x-common: &common
              restart: always
            services:
              # the shop itself
              shop:
                <<: *common
                build: .
              "worker":
                environment:
                  build: no
                build:
                  context: .
              db:
                image: postgres
            volumes:
              data:
                build: no
            """;

        Assert.Equal(["shop", "worker"], ServiceNames.OfCompose(Compose));
    }
}
