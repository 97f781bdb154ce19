using System.Globalization;
using Airworthy.Bench.Intake;

// Spans a second that intake takes, of exports recorded from the .NET SDK.
//
//   dotnet run -c Release --project bench/intake decode [ROUNDS]
//   dotnet run -c Release --project bench/intake serve AIRWORTHY [SECONDS]
//
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var bodies = await Corpus.RecordAsync(64);
switch (args)
{
    case ["decode", .. var rest]:
        Decoding.Measure(bodies, rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 5);
        return 0;
    case ["serve", var airworthy, .. var rest]:
        await Serving.MeasureAsync(airworthy, bodies, TimeSpan.FromSeconds(rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 20));
        return 0;
    default:
        Console.Error.WriteLine("usage: intake decode [ROUNDS] | intake serve AIRWORTHY [SECONDS]");
        return 64;
}
