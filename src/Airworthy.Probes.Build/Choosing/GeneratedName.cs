namespace Airworthy.Probes.Build.Choosing;

/// <summary>The name the C# compiler gives a lambda (<c>&lt;Split&gt;b__0_1</c>) or a local function (<c>&lt;Split&gt;g__Round|0_0</c>).</summary>
/// <param name="Member">The member it stands in.</param>
/// <param name="Part"><c>lambda</c>, or the local function's name.</param>
internal sealed record GeneratedName(string Member, string Part)
{
    /// <summary>Null when a person gave the name.</summary>
    public static GeneratedName? Read(string name)
    {
        var lambda = name.LastIndexOf(">b__", StringComparison.Ordinal);
        var local = name.LastIndexOf(">g__", StringComparison.Ordinal);
        if (!name.StartsWith('<') || Math.Max(lambda, local) < 0)
        {
            return null;
        }

        if (lambda > local)
        {
            return new GeneratedName(name[1..lambda], "lambda");
        }

        var written = name[(local + 4)..];
        var bar = written.IndexOf('|', StringComparison.Ordinal);
        return new GeneratedName(name[1..local], bar < 0 ? written : written[..bar]);
    }
}
