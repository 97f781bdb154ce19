namespace Airworthy.Probes;

/// <summary>The attributes of one method's measurements, made once.</summary>
internal sealed class MethodTags
{
    public MethodTags(string revision, ProbeTable.Method method, int firstFlag)
    {
        Method = method;
        FirstFlag = firstFlag;
        var tags = new List<KeyValuePair<string, object?>>(6)
        {
            new("code.function.name", method.Name),
            new("airworthy.function.id", method.Id),
            new("code.file.path", method.File),
            new("code.line.number", method.Line),
        };
        if (method.Part.Length > 0)
        {
            tags.Add(new("airworthy.function.part", method.Part));
        }

        if (revision.Length > 0)
        {
            tags.Add(new("vcs.ref.head.revision", revision));
        }

        All = [.. tags];
        Words = [.. StatementWord.Of(method, All)];
    }

    public ProbeTable.Method Method { get; }

    /// <summary>The place of the method's first statement among the module's flags.</summary>
    public int FirstFlag { get; }

    public KeyValuePair<string, object?>[] All { get; }

    /// <summary>Its watched statements, in groups that one number tells of.</summary>
    public StatementWord[] Words { get; }

    /// <summary>These, and the exception's type; a cancellation has none.</summary>
    public KeyValuePair<string, object?>[] With(string? errorType) => errorType is null ? All : [.. All, new("error.type", errorType)];
}
