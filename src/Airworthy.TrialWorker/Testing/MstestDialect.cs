using System.Reflection;

namespace Airworthy.TrialWorker.Testing;

/// <summary>MSTest: test methods, rows of data, what is initialised and cleaned up, expected exceptions.</summary>
internal sealed class MstestDialect : ITestDialect
{
    private const BindingFlags Methods = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.FlattenHierarchy;

    public IEnumerable<FoundTest>? Cases(MethodInfo method)
    {
        if (!method.Marks("TestMethodAttribute").Any())
        {
            return [];
        }

        var type = method.ReflectedType!;
        if (method.Marks("IgnoreAttribute").Any() || type.Marks("IgnoreAttribute").Any() || method.ContainsGenericParameters)
        {
            return null;
        }

        var name = $"{type.FullName}.{method.Name}";
        var rows = method.Marks("DataRowAttribute").Select(mark => mark.Given()).ToList();
        foreach (var source in method.Marks("DynamicDataAttribute"))
        {
            var given = source.Given();
            var holder = given.OfType<Type>().FirstOrDefault() ?? type;
            rows.AddRange((Reflected.Rows(holder, (string)given[0]!, []) ?? Array.Empty<object>()).Cast<object>().Select(row => row as object?[] ?? [row]));
        }

        return rows.Count == 0
            ? method.GetParameters().Length == 0 ? [new FoundTest(name, method, [], this)] : null
            : rows.Select((row, i) => Reflected.Fitted(method, row) is { } fitted ? new FoundTest($"{name}#{i + 1}", method, fitted, this) : null).OfType<FoundTest>();
    }

    public void Run(FoundTest test, Fixtures fixtures)
    {
        var type = test.Method.ReflectedType!;
        fixtures.Of(type, () =>
        {
            All(null, type, "ClassInitializeAttribute");
            return type;
        });
        var owner = Activator.CreateInstance(type);
        try
        {
            All(owner, type, "TestInitializeAttribute");
            try
            {
                Reflected.Call(test.Method, owner, [.. test.Arguments]);
            }
            catch (Exception thrown) when (IsExpected(test.Method, thrown))
            {
                return;
            }

            if (test.Method.Marks("ExpectedExceptionAttribute").Any())
            {
                throw new InvalidOperationException("nothing was thrown");
            }
        }
        finally
        {
            All(owner, type, "TestCleanupAttribute");
            if (owner is not null)
            {
                Reflected.End(owner);
            }
        }
    }

    private static bool IsExpected(MethodInfo method, Exception thrown) =>
        method.Marks("ExpectedExceptionAttribute").Any(mark => mark.ConstructorArguments is [{ Value: Type type }, ..] && type.IsInstanceOfType(thrown));

    private static void All(object? owner, Type type, string mark)
    {
        foreach (var method in type.GetMethods(Methods).Where(method => method.Marks(mark).Any()))
        {
            Reflected.Call(method, method.IsStatic ? null : owner, [.. method.GetParameters().Select(_ => (object?)null)]);
        }
    }
}
