using System.Reflection;

namespace Airworthy.TrialWorker.Testing;

/// <summary>Stands in for an interface of a test framework to which tests only write.</summary>
internal class Silent : DispatchProxy
{
    public static object Of(Type type) => Create(type, typeof(Silent));

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod?.ReturnType is { IsValueType: true } type && type != typeof(void) ? Activator.CreateInstance(type) : targetMethod?.ReturnType == typeof(string) ? "" : null;
}
