using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Airworthy.Probes.AspNetCore;

/// <summary>
/// Named by an attribute that the package's build adds to the service, and run by its web host when it starts: puts the recording of requests before everything
/// else, where <c>AIRWORTHY_RECORD</c> is set at all. Hosts of <c>CreateSlimBuilder</c> don't run it.
/// </summary>
public sealed class RecordingStartup : IHostingStartup
{
    /// <inheritdoc />
    public void Configure(IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (Recording.RecordingSwitch.Routes() is { } recorder)
        {
            builder.ConfigureServices(services => services.AddSingleton<IStartupFilter>(new RecordingFilter(recorder)));
        }
    }
}
