using System.Diagnostics;
using System.Globalization;
using Airworthy.Bench.OtlpFuzz;
using Airworthy.Telemetry.Otlp;

// Broken OTLP, for some minutes of processor time: every request must be answered as taken or as malformed, within a second. What is not is written to the corpus.
//
//   dotnet run -c Release --project bench/otlp-fuzz CORPUS [MINUTES] [SEED]
//
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length == 0 || !Directory.Exists(args[0]))
{
    Console.Error.WriteLine("usage: otlp-fuzz CORPUS [MINUTES] [SEED]; CORPUS is a folder of requests, *.json or *.pb, named traces*, logs* or metrics*");
    return 64;
}

var until = TimeSpan.FromMinutes(args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 10);
var seed = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1;
var random = new Random(seed);
var receiver = new OtlpReceiver(new NoStore(), TimeProvider.System);
var corpus = Directory.GetFiles(args[0]).Order(StringComparer.Ordinal).Select(file => (Name: Path.GetFileName(file), Bytes: File.ReadAllBytes(file))).ToList();
var answers = new SortedDictionary<OtlpCode, long>();
var slowest = TimeSpan.Zero;
var found = 0;
using var self = Process.GetCurrentProcess();
for (var tried = 0L; ; tried++)
{
    if (tried % 1_000 == 0)
    {
        self.Refresh();
        if (self.TotalProcessorTime >= until)
        {
            Console.WriteLine($"{tried:N0} requests of {corpus.Count} kinds in {self.TotalProcessorTime.TotalMinutes:0.0} minutes of processor time, seed {seed}");
            Console.WriteLine(string.Join(", ", answers.Select(answer => $"{answer.Key} {answer.Value:N0}")));
            Console.WriteLine($"the slowest took {slowest.TotalMilliseconds:N0} ms; memory {self.PeakWorkingSet64 / 1048576:N0} MiB; {found} not answered as they must be");
            return found == 0 ? 0 : 1;
        }
    }

    var (name, bytes) = corpus[random.Next(corpus.Count)];
    var request = Mutation.Of(bytes, corpus[random.Next(corpus.Count)].Bytes, random);
    var signal = name.StartsWith("logs", StringComparison.Ordinal) ? OtlpSignal.Logs : name.StartsWith("metrics", StringComparison.Ordinal) ? OtlpSignal.Metrics : OtlpSignal.Traces;
    var encoding = name.EndsWith(".json", StringComparison.Ordinal) ? OtlpEncoding.Json : OtlpEncoding.Protobuf;
    var watch = Stopwatch.StartNew();
    string? problem = null;
    try
    {
        var answer = await receiver.ReceiveAsync(signal, encoding, request, CancellationToken.None);
        answers[answer.Code] = answers.GetValueOrDefault(answer.Code) + 1;
        problem = answer.Code is OtlpCode.Ok or OtlpCode.InvalidArgument ? null : $"answered {answer.Code}";
    }
#pragma warning disable CA1031 // Whatever is thrown is what is sought.
    catch (Exception e)
#pragma warning restore CA1031
    {
        problem = $"{e.GetType().Name}: {e.Message}";
    }

    slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
    if (problem is not null && found++ < 20)
    {
        var file = Path.Combine(args[0], $"{signal.ToString().ToLowerInvariant()}-{found}-{seed}{Path.GetExtension(name)}");
        await File.WriteAllBytesAsync(file, request);
        Console.WriteLine($"{file}: {problem}");
    }
}
