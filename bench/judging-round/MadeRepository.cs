using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Airworthy.Bench.JudgingRound;

/// <summary>A repository of files with a hundred methods each, in which every commit after the first changes a line in ten of them.</summary>
internal sealed record MadeRepository(string Folder, string Before, string After, IReadOnlyList<(string Function, string File)> Methods)
{
    public const int MethodsInFile = 100;
    public const int ChangedAtOnce = 10;

    public static MadeRepository Make(string folder, string name, int changes)
    {
        var files = changes * ChangedAtOnce / MethodsInFile;
        var values = Enumerable.Range(0, files).Select(_ => new int[MethodsInFile]).ToArray();
        Directory.CreateDirectory(folder);
        Git(folder, "init", "-q", "-b", "main");
        using var import = Start(folder, "fast-import", "--quiet");
        var stream = import.StandardInput.BaseStream;
        Commit(stream, 0, "Begin", [("airworthy.yml", $"version: 1\nservices: [{name}]\n"), .. Enumerable.Range(0, files).Select(file => (PathOf(file), Text(name, file, values[file])))]);
        for (var change = 1; change <= changes; change++)
        {
            var (file, first) = ((change - 1) * ChangedAtOnce / MethodsInFile, (change - 1) * ChangedAtOnce % MethodsInFile);
            for (var method = first; method < first + ChangedAtOnce; method++)
            {
                values[file][method] = change;
            }

            Commit(stream, change, $"Change {change}\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n", [(PathOf(file), Text(name, file, values[file]))]);
        }

        import.StandardInput.Close();
        import.WaitForExit();
        Git(folder, "read-tree", "HEAD");
        return new MadeRepository(
            folder,
            Git(folder, "rev-list", "--max-parents=0", "HEAD").Trim(),
            Git(folder, "rev-parse", "HEAD").Trim(),
            [.. Enumerable.Range(0, files).SelectMany(file => Enumerable.Range(0, MethodsInFile).Select(method => ($"{name}.C{file}.M{method}", PathOf(file))))]);
    }

    private static string PathOf(int file) => string.Create(CultureInfo.InvariantCulture, $"src/C{file}.cs");

    private static string Text(string name, int file, int[] values)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"namespace {name};\n\npublic static class C{file}\n{{\n");
        for (var method = 0; method < values.Length; method++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    public static int M{method}(int n)\n    {{\n        return n + {values[method]};\n    }}\n\n");
        }

        return text.Append("}\n").ToString();
    }

    private static void Commit(Stream stream, int number, string message, IReadOnlyList<(string Path, string Text)> files)
    {
        Write(string.Create(CultureInfo.InvariantCulture, $"commit refs/heads/main\ncommitter Ada Lovelace <ada@example.org> {1_760_000_000 + (number * 60)} +0000\n"));
        Write($"data {Encoding.UTF8.GetByteCount(message)}\n{message}\n");
        foreach (var (path, text) in files)
        {
            Write($"M 100644 inline {path}\ndata {Encoding.UTF8.GetByteCount(text)}\n{text}\n");
        }

        void Write(string text) => stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string Git(string folder, params string[] arguments)
    {
        using var git = Start(folder, arguments);
        git.StandardInput.Close();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0 ? output : throw new InvalidOperationException($"git {arguments[0]} failed");
    }

    private static Process Start(string folder, params string[] arguments) => Process.Start(new ProcessStartInfo("git", arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        UseShellExecute = false,
    })!;
}
