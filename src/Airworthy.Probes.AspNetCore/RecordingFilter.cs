using Airworthy.Probes.Recording;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Airworthy.Probes.AspNetCore;

/// <summary>Puts the recording before the app's own pipeline: it sees what was asked for, and what was answered in the end.</summary>
internal sealed class RecordingFilter(RouteRecorder recorder) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(following => new RequestRecording(following, recorder).InvokeAsync);
        next(app);
    };
}
