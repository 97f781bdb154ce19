using System.Reflection;

namespace Airworthy.Replay;

/// <summary>
/// Stands for the factory of an app's HTTP clients, whatever version of it the app has. What a client of the recording was set up with is not known; as its calls are
/// answered from the recording, all that matters is the path.
/// </summary>
public class RecordedClients : DispatchProxy
{
    /// <summary>The host of addresses that were given as paths alone.</summary>
    internal const string AnyHost = "recorded.invalid";

    internal static HttpClient NewClient() => new() { BaseAddress = new Uri($"http://{AnyHost}/") };

    /// <inheritdoc />
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => NewClient();
}
