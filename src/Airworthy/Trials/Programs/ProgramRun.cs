namespace Airworthy.Trials.Programs;

/// <summary>How a command ended in the sandbox.</summary>
/// <param name="Exit">Its exit code; null when it did not end in time.</param>
/// <param name="Output">What it printed, up to 1 MiB.</param>
/// <param name="Error">What it complained of, up to 1 MiB.</param>
/// <param name="Processor">Processor seconds of all its processes; null when GNU <c>time</c> is not there.</param>
/// <param name="Memory">The most memory of one of its processes, in KiB; null when GNU <c>time</c> is not there.</param>
internal sealed record ProgramRun(int? Exit, string Output, string Error, double? Processor, long? Memory);
