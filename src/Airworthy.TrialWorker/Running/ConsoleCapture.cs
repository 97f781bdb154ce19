using System.Text;

namespace Airworthy.TrialWorker.Running;

/// <summary>What the code under trial prints, in place of this process's own output.</summary>
internal static class ConsoleCapture
{
    private const int Most = 10_000;

    private static readonly StringBuilder s_text = new();

    /// <summary>Takes the console over for good.</summary>
    public static void Install()
    {
        var writer = TextWriter.Synchronized(new StringWriter(s_text));
        Console.SetOut(writer);
        Console.SetError(writer);
        Console.SetIn(TextReader.Null);
    }

    public static void Begin() => s_text.Clear();

    public static string End() => s_text.Length == 0 ? "" : s_text.ToString(0, Math.Min(Most, s_text.Length));
}
