namespace Airworthy.Probes;

/// <summary>The modules with probes that this process has loaded.</summary>
internal static class ProbeRegistry
{
    /// <summary>Builds whose every copy was unloaded and that are still told; older ones are forgotten.</summary>
    private const int MostUnloaded = 16;

    private static readonly List<ModuleCounts> s_modules = [];

    /// <summary>The counts of a module. Two copies of the same build, as plug-ins are loaded again, share them.</summary>
    public static ModuleCounts Counts(ReadOnlySpan<byte> table, int methods, int statements)
    {
        lock (s_modules)
        {
            foreach (var module in s_modules)
            {
                if (module.Methods == methods && module.Ran.Length == statements && table.SequenceEqual(module.Table))
                {
                    return module;
                }
            }

            Forget();
            var counts = new ModuleCounts(table.ToArray(), methods, statements);
            s_modules.Add(counts);
            return counts;
        }
    }

    public static ModuleCounts[] All()
    {
        lock (s_modules)
        {
            return [.. s_modules];
        }
    }

    /// <summary>How many statements with a flag ever ran in this process.</summary>
    public static long StatementsRun()
    {
        lock (s_modules)
        {
            return s_modules.Sum(static module => (long)module.StatementsRun);
        }
    }

    private static void Forget()
    {
        var unloaded = s_modules.FindAll(module => module.IsUnloaded);
        foreach (var module in unloaded.Take(unloaded.Count - MostUnloaded))
        {
            module.Forget();
            s_modules.Remove(module);
        }
    }
}
