using Airworthy.Probes.Build;

const int Wrong = 64;
const int Stopped = 130;

if (args is not [var request])
{
    await Console.Error.WriteLineAsync("usage: Airworthy.Probes.Build REQUEST");
    return Wrong;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};
try
{
    return await BuildStep.RunAsync(request, Console.Out, stop.Token) ? 0 : Wrong;
}
catch (OperationCanceledException)
{
    return Stopped;
}
