using System.Collections;
using System.Reflection;

namespace Airworthy.TrialWorker.Testing;

/// <summary>xUnit 2 and 3: facts, theories with inline, member and class data, class fixtures, what runs before and after a test.</summary>
internal sealed class XunitDialect : ITestDialect
{
    private const BindingFlags Instances = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public IEnumerable<FoundTest>? Cases(MethodInfo method)
    {
        if (method.Marks("FactAttribute").FirstOrDefault() is not { } mark)
        {
            return [];
        }

        if (mark.Named("Skip") is not null || mark.AttributeType.Namespace != "Xunit" || method.ContainsGenericParameters)
        {
            return null;
        }

        var name = $"{method.ReflectedType!.FullName}.{method.Name}";
        if (mark.AttributeType.Name == "FactAttribute")
        {
            return method.GetParameters().Length == 0 ? [new FoundTest(name, method, [], this)] : null;
        }

        var rows = new List<object?[]>();
        foreach (var data in method.Marks("DataAttribute"))
        {
            switch (data.AttributeType.Name.Split('`')[0])
            {
                case "InlineDataAttribute":
                    rows.Add(data.Given());
                    break;
                case "MemberDataAttribute" when Members(method, data) is { } given:
                    rows.AddRange(given.Cast<object>().Select(Row).OfType<object?[]>());
                    break;
                case "ClassDataAttribute" when Source(data) is { } type && Activator.CreateInstance(type) is IEnumerable given:
                    rows.AddRange(given.Cast<object>().Select(Row).OfType<object?[]>());
                    break;
                default:
                    return null;
            }
        }

        return rows.Select((row, i) => Reflected.Fitted(method, row) is { } fitted ? new FoundTest($"{name}#{i + 1}", method, fitted, this) : null).OfType<FoundTest>();
    }

    public void Run(FoundTest test, Fixtures fixtures)
    {
        var around = test.Method.GetCustomAttributes(inherit: true).Concat(test.Method.ReflectedType!.GetCustomAttributes(inherit: true)).Where(one => Reflected.Is(one.GetType(), "BeforeAfterTestAttribute")).ToList();
        around.ForEach(one => Ask(one, "Before", test.Method));
        object? owner = null;
        try
        {
            owner = test.Method.IsStatic ? null : Made(test.Method.ReflectedType!, fixtures);
            Reflected.Call(test.Method, owner, [.. test.Arguments]);
        }
        finally
        {
            if (owner is not null)
            {
                End(owner);
            }

            around.ForEach(one => Ask(one, "After", test.Method));
        }
    }

    private static IEnumerable? Members(MethodInfo method, CustomAttributeData data)
    {
        var given = data.ConstructorArguments;
        var type = data.Named("MemberType") as Type ?? method.ReflectedType!;
        var arguments = given.Count > 1 && Reflected.Value(given[1]) is object?[] some ? some : [];
        return Reflected.Rows(type, (string)given[0].Value!, arguments);
    }

    private static Type? Source(CustomAttributeData data) =>
        data.ConstructorArguments is [var only, ..] ? only.Value as Type : data.AttributeType.IsGenericType ? data.AttributeType.GetGenericArguments()[0] : null;

    /// <summary>A row as values: an array, a tuple, or an object that gives them.</summary>
    private static object?[]? Row(object row) => row switch
    {
        object?[] values => values,
        System.Runtime.CompilerServices.ITuple tuple => [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])],
        _ => row.GetType().GetInterfaces().FirstOrDefault(one => one.Name == "ITheoryDataRow")?.GetMethod("GetData")?.Invoke(row, null) as object?[],
    };

    private static object Made(Type type, Fixtures fixtures)
    {
        var constructor = type.GetConstructors().Single();
        var made = Reflected.Call(constructor, null, [.. constructor.GetParameters().Select(parameter => Argument(type, parameter.ParameterType, fixtures))])!;
        Begin(made);
        return made;
    }

    private static object? Argument(Type owner, Type wanted, Fixtures fixtures)
    {
        if (wanted.Name == "ITestOutputHelper")
        {
            return Silent.Of(wanted);
        }

        if (!owner.GetInterfaces().Any(one => one.Name == "IClassFixture`1" && one.GetGenericArguments()[0] == wanted) && wanted.GetConstructor(Type.EmptyTypes) is null)
        {
            throw new NotSupportedException($"a fixture of {wanted.Name}");
        }

        return fixtures.Of(wanted, () =>
        {
            var made = Activator.CreateInstance(wanted)!;
            Begin(made);
            return made;
        });
    }

    private static void Begin(object made)
    {
        if (made.GetType().GetInterfaces().FirstOrDefault(one => one.Name == "IAsyncLifetime")?.GetMethod("InitializeAsync") is { } begin)
        {
            Reflected.Call(begin, made);
        }
    }

    private static void End(object made)
    {
        if (made is not IAsyncDisposable && made.GetType().GetInterfaces().FirstOrDefault(one => one.Name == "IAsyncLifetime")?.GetMethod("DisposeAsync") is { } end)
        {
            Reflected.Call(end, made);
        }

        Reflected.End(made);
    }

    private static void Ask(object attribute, string name, MethodInfo test)
    {
        var method = attribute.GetType().GetMethods(Instances).FirstOrDefault(one => one.Name == name && one.GetParameters() is [var first, ..] && first.ParameterType == typeof(MethodInfo));
        if (method is not null)
        {
            Reflected.Call(method, attribute, [test, .. method.GetParameters().Skip(1).Select(_ => (object?)null)]);
        }
    }
}
