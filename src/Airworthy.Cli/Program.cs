using Airworthy.Cli;

return await CommandLine.RunAsync(args, Terminal.Process());
