using System.Reflection;
using Airworthy.Trials.Reporting;
using Airworthy.TrialWorker.Making;

namespace Airworthy.TrialWorker.Running;

/// <summary>Runs the tests that a trial wrote, in the test assembly they were built into, and writes which pass.</summary>
internal static class TestRun
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <param name="assembly">The test assembly.</param>
    /// <param name="answer">The file to write, a line for each test.</param>
    /// <param name="classes">The tests' classes.</param>
    public static int Run(string assembly, string answer, IReadOnlyList<string> classes)
    {
        ConsoleCapture.Install();
        var loaded = new SideContext("tests", assembly).Load();
        using var lines = new StreamWriter(answer) { AutoFlush = true };
        foreach (var name in classes)
        {
            // Before it ran it has failed: it may take this process along.
            lines.WriteLine($"fails {name}");
            if (Passes(loaded, name))
            {
                lines.WriteLine($"passes {name}");
            }
        }

        return 0;
    }

    private static bool Passes(Assembly assembly, string name)
    {
        var passes = false;
        var thread = new Thread(() =>
        {
            try
            {
                var type = assembly.GetType($"{TestFile.Namespace}.{name}")!;
                var method = type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)[0];
                (method.Invoke(Activator.CreateInstance(type), null) as Task)?.GetAwaiter().GetResult();
                passes = true;
            }
#pragma warning disable CA1031 // A test fails by throwing anything.
            catch (Exception)
#pragma warning restore CA1031
            {
                passes = false;
            }
        }) { IsBackground = true };
        thread.Start();
        return thread.Join(s_patience) && passes;
    }
}
