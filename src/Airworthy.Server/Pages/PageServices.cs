using Microsoft.Extensions.DependencyInjection;

namespace Airworthy.Server.Pages;

/// <summary>What the pages need of the host.</summary>
internal static class PageServices
{
    public static IServiceCollection AddAirworthyPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        return services;
    }
}
