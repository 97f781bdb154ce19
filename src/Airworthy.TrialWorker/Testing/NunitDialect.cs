using System.Reflection;

namespace Airworthy.TrialWorker.Testing;

/// <summary>NUnit 3 and 4: tests, cases, sources of cases, lists of values, what is set up and torn down.</summary>
internal sealed class NunitDialect : ITestDialect
{
    private const BindingFlags Methods = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy;

    public IEnumerable<FoundTest>? Cases(MethodInfo method)
    {
        var type = method.ReflectedType!;
        var cases = method.Marks("TestCaseAttribute").ToList();
        var sources = method.Marks("TestCaseSourceAttribute").ToList();
        if (cases.Count == 0 && sources.Count == 0 && !method.Marks("TestAttribute").Any())
        {
            return [];
        }

        if (method.ContainsGenericParameters || IsLeftOut(method) || IsLeftOut(type) || type.Marks("TestFixtureAttribute").Any(mark => mark.ConstructorArguments.Count > 0) || type.Marks("TestFixtureSourceAttribute").Any())
        {
            return null;
        }

        var found = cases.Select(mark => (Arguments: mark.Given(), Expected: (mark.NamedArguments.Any(one => one.MemberName == "ExpectedResult"), mark.Named("ExpectedResult"))))
            .Concat(sources.SelectMany(mark => Sourced(type, mark)))
            .Concat(cases.Count + sources.Count == 0 ? Combined(method).Select(values => (Arguments: values, Expected: (false, (object?)null))) : []);
        return found.Select((one, i) => Reflected.Fitted(method, one.Arguments) is { } fitted ? new FoundTest($"{type.FullName}.{method.Name}#{i + 1}", method, fitted, this) { Expected = one.Expected } : null).OfType<FoundTest>();
    }

    public void Run(FoundTest test, Fixtures fixtures)
    {
        var type = test.Method.ReflectedType!;
        var owner = type is { IsAbstract: true, IsSealed: true } ? null : fixtures.Of(type, () =>
        {
            var made = Activator.CreateInstance(type)!;
            All(made, type, "OneTimeSetUpAttribute");
            return made;
        });
        All(owner, type, "SetUpAttribute");
        try
        {
            var result = Reflected.Call(test.Method, owner, [.. test.Arguments]);
            if (test.Expected.IsGiven && !IsEqual(test.Expected.Value, result))
            {
                throw new InvalidOperationException($"gave {result}, not {test.Expected.Value}");
            }
        }
        finally
        {
            All(owner, type, "TearDownAttribute");
        }
    }

    public bool IsPass(Exception thrown) => thrown.GetType().Name == "SuccessException";

    private static bool IsLeftOut(MemberInfo member) => member.Marks("IgnoreAttribute").Any() || member.Marks("ExplicitAttribute").Any();

    private static bool IsEqual(object? expected, object? result) =>
        Equals(expected, result)
        || (expected is IConvertible and not string && result is IConvertible and not string && Convert.ToDouble(expected, System.Globalization.CultureInfo.InvariantCulture).Equals(Convert.ToDouble(result, System.Globalization.CultureInfo.InvariantCulture)))
        || (expected is System.Collections.IEnumerable wanted && result is System.Collections.IEnumerable given && wanted.Cast<object?>().SequenceEqual(given.Cast<object?>()));

    private static IEnumerable<(object?[] Arguments, (bool, object?) Expected)> Sourced(Type type, CustomAttributeData mark)
    {
        var given = mark.Given();
        var (holder, name) = given switch
        {
            [Type other, string member, ..] => (other, member),
            [string member, ..] => (type, member),
            [Type other] => (other, ""),
            _ => (type, ""),
        };
        var rows = name.Length == 0 ? Activator.CreateInstance(holder) as System.Collections.IEnumerable : Reflected.Rows(holder, name, []);
        foreach (var row in rows ?? Array.Empty<object>())
        {
            if (row?.GetType().GetProperty("Arguments")?.GetValue(row) is object?[] arguments)
            {
                var isGiven = row.GetType().GetProperty("HasExpectedResult")?.GetValue(row) is true;
                yield return (arguments, (isGiven, isGiven ? row.GetType().GetProperty("ExpectedResult")!.GetValue(row) : null));
            }
            else
            {
                yield return (row as object?[] ?? [row], (false, null));
            }
        }
    }

    /// <summary>Every combination of the values that parameters list.</summary>
    private static IEnumerable<object?[]> Combined(MethodInfo method)
    {
        IEnumerable<object?[]> rows = [[]];
        foreach (var parameter in method.GetParameters())
        {
            var values = Listed(parameter);
            rows = rows.SelectMany(row => values.Select(value => (object?[])[.. row, value])).Take(1000);
        }

        return rows;
    }

    private static object?[] Listed(ParameterInfo parameter)
    {
        var marks = parameter.GetCustomAttributesData();
        if (marks.FirstOrDefault(mark => mark.AttributeType.Name == "ValuesAttribute") is { } listed)
        {
            var given = listed.Given();
            return given.Length > 0 ? given
                : parameter.ParameterType == typeof(bool) ? [false, true]
                : parameter.ParameterType.IsEnum ? [.. Enum.GetValues(parameter.ParameterType).Cast<object?>()]
                : [];
        }

        if (marks.FirstOrDefault(mark => mark.AttributeType.Name == "RangeAttribute") is { } range && range.Given() is [int from, int to, ..] bounds)
        {
            var step = bounds.Length > 2 && bounds[2] is int by && by != 0 ? by : 1;
            return [.. Enumerable.Range(0, Math.Max(0, ((to - from) / step) + 1)).Select(i => (object?)(from + (i * step)))];
        }

        return [];
    }

    private static void All(object? owner, Type type, string mark)
    {
        foreach (var method in type.GetMethods(Methods).Where(method => method.GetParameters().Length == 0 && method.Marks(mark).Any()))
        {
            Reflected.Call(method, method.IsStatic ? null : owner);
        }
    }
}
