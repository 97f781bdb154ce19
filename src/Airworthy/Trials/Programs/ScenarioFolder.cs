using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Airworthy.Model;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Airworthy.Trials.Programs;

/// <summary>
/// Reads a folder of scenarios: <c>NAME.sh</c> or <c>NAME.args</c> (an argument a line), beside it <c>NAME.files/</c> and <c>NAME.vary.yml</c>, and
/// <c>vary.yml</c> for all of them; <c>NAME.fuzz</c> where a fuzzer looks for its inputs. What varies is a mapping of names to lists of values; a scenario's own replaces the common one of the same name.
/// </summary>
public static partial class ScenarioFolder
{
    private const int MostScenarios = 1_000;
    private const int MostBytes = 256 * 1024;
    private const int MostValues = 64;
    private const string CommonFile = "vary.yml";

    /// <exception cref="TrialException">The folder is not there, holds no scenario, or a file can't be read as what it is.</exception>
    public static ImmutableArray<ProgramScenario> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new TrialException(Fault.Usage, $"there is no folder '{folder}'; --scenarios names one with NAME.sh or NAME.args files");
        }

        var common = Vary(Path.Combine(folder, CommonFile));
        var scenarios = Directory.EnumerateFiles(folder)
            .Where(file => Path.GetExtension(file) is ".sh" or ".args")
            .Order(StringComparer.Ordinal)
            .Take(MostScenarios + 1)
            .Select(file => Scenario(file, common))
            .ToImmutableArray();
        return scenarios switch
        {
            [] => throw new TrialException(Fault.BadInput, $"'{folder}' holds no scenario; write one as NAME.sh (a script that uses $RUN) or NAME.args (an argument a line)"),
            { Length: > MostScenarios } => throw new TrialException(Fault.BadInput, $"'{folder}' holds more than {MostScenarios} scenarios; split it"),
            _ when scenarios.GroupBy(scenario => scenario.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice =>
                throw new TrialException(Fault.BadInput, $"'{folder}' holds both {twice.Key}.sh and {twice.Key}.args; rename one of them"),
            _ => scenarios,
        };
    }

    private static ProgramScenario Scenario(string file, ImmutableArray<Dimension> common)
    {
        var trunk = Path.ChangeExtension(file, null);
        var isScript = Path.GetExtension(file) == ".sh";
        var files = trunk + ".files";
        var own = Vary(trunk + "." + CommonFile);
        var dimensions = common
            .Select(dimension => own.FirstOrDefault(one => one.Name == dimension.Name) ?? dimension)
            .Concat(own.Where(one => common.All(dimension => dimension.Name != one.Name)));
        return new ProgramScenario(
            Path.GetFileName(trunk),
            file,
            isScript,
            isScript ? [] : [.. Text(file).Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0)],
            Directory.Exists(files) ? files : null,
            [.. dimensions.Where(dimension => dimension.Name != Dimension.FilesName || Directory.Exists(files))])
        {
            Fuzz = File.Exists(trunk + ".fuzz") ? trunk + ".fuzz" : null,
        };
    }

    private static ImmutableArray<Dimension> Vary(string file)
    {
        if (!File.Exists(file))
        {
            return [];
        }

        Dictionary<string, List<string?>?>? read;
        try
        {
            read = new DeserializerBuilder().Build().Deserialize<Dictionary<string, List<string?>?>>(Text(file));
        }
        catch (YamlException wrong)
        {
            throw new TrialException(Fault.BadInput, $"{file}:{wrong.Start.Line}:{wrong.Start.Column}: what varies is a mapping of names to lists, as in 'FLAGS: [\"\", --delete]'", wrong);
        }

        return [.. (read ?? []).Select(pair => Checked(file, pair.Key, [.. (pair.Value ?? []).Select(value => value ?? "")]))];
    }

    private static Dimension Checked(string file, string name, ImmutableArray<string> values)
    {
        var forms = name switch { Dimension.FilesName => Dimension.FileForms, Dimension.FolderName => Dimension.FolderForms, _ => default };
        if (forms.IsDefault && !VariableName().IsMatch(name))
        {
            throw new TrialException(Fault.BadInput, $"{file}: '{name}' is neither 'files' nor 'folder' nor the name of a variable (capital letters, digits and _)");
        }

        if (name == "RUN")
        {
            throw new TrialException(Fault.BadInput, $"{file}: $RUN is the program's command; call the dimension otherwise");
        }

        if (values.Length is 0 or > MostValues)
        {
            throw new TrialException(Fault.BadInput, $"{file}: '{name}' has {Words.Count(values.Length, "value")}; give it 1 to {MostValues}");
        }

        if (!forms.IsDefault && values.FirstOrDefault(value => !forms.Contains(value, StringComparer.Ordinal)) is { } unknown)
        {
            throw new TrialException(Fault.BadInput, $"{file}: '{name}' can't be '{unknown}'; it can be {string.Join(", ", forms)}");
        }

        if (values.Any(value => value.Contains('\0', StringComparison.Ordinal)))
        {
            throw new TrialException(Fault.BadInput, $"{file}: a value of '{name}' holds a NUL, which no variable can");
        }

        return new Dimension(name, values);
    }

    private static string Text(string file)
    {
        try
        {
            return new FileInfo(file).Length <= MostBytes
                ? File.ReadAllText(file, new UTF8Encoding(false, throwOnInvalidBytes: true))
                : throw new TrialException(Fault.BadInput, $"'{file}' is larger than {MostBytes / 1024} KiB");
        }
        catch (DecoderFallbackException odd)
        {
            throw new TrialException(Fault.BadInput, $"'{file}' is not UTF-8", odd);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrialException(Fault.BadInput, $"'{file}' can't be read: {e.Message}", e);
        }
    }

    [GeneratedRegex("^[A-Z_][A-Z0-9_]{0,63}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex VariableName();
}
