namespace Airworthy.TrialWorker.Testing;

/// <summary>Objects that test classes share, made once and kept for as long as the assembly is loaded.</summary>
internal sealed class Fixtures
{
    private readonly Dictionary<Type, object> _made = [];

    public object Of(Type type, Func<object> make)
    {
        if (!_made.TryGetValue(type, out var made))
        {
            _made[type] = made = make();
        }

        return made;
    }
}
