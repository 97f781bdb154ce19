namespace Airworthy.Policies;

/// <summary>The JSON Schema of <c>airworthy.yml</c>, for editors. What it can't say (names that are taken, rules that are not there) the reader says.</summary>
public static class PolicySchema
{
    /// <summary>The schema, draft 2020-12.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(PolicySchema).Assembly.GetManifestResourceStream("Airworthy.Policies.airworthy.schema.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd();
    }
}
