namespace Airworthy.TrialWorker.Making;

/// <summary>Types for the parameters of what is generic: of the framework, or of the code itself where its constraints ask for those.</summary>
internal static class TypeArguments
{
    private const int MostOwn = 4;

    /// <summary>What is generic, made with types that fit.</summary>
    /// <param name="sides">Where the code's own types are.</param>
    /// <param name="parameters">Its type parameters.</param>
    /// <param name="make">Makes it; throws where the types do not fit.</param>
    /// <param name="skip">How many choices of types that fit are passed over.</param>
    /// <returns>Null where no more are known.</returns>
    public static T? Fit<T>(TypeSides sides, Type[] parameters, Func<Type[], T> make, int skip)
        where T : class
    {
        Type[][] tries = [[.. parameters.Select(_ => typeof(int))], [.. parameters.Select(_ => typeof(string))], [.. parameters.Select((_, i) => i == 0 ? typeof(string) : typeof(int))], [.. parameters.Select((_, i) => i == 0 ? typeof(int) : typeof(string))], [.. parameters.Select(_ => typeof(DayOfWeek))], [.. parameters.Select(_ => typeof(double))], [.. parameters.Select(_ => typeof(List<int>))], [.. parameters.Select(_ => typeof(int[]))], [.. parameters.Select(_ => typeof(MemoryStream))]];
        foreach (var arguments in tries.Concat(Own(sides, parameters)))
        {
            try
            {
                var made = make(arguments);
                if (skip-- == 0)
                {
                    return made;
                }
            }
            catch (Exception wrong) when (wrong is ArgumentException or TypeLoadException)
            {
                // Its constraints want others.
            }
        }

        return null;
    }

    /// <summary>Types of the code that the constraints name: these themselves, then what derives from them.</summary>
    private static IEnumerable<Type[]> Own(TypeSides sides, Type[] parameters)
    {
        var asked = parameters.Select(parameter => parameter.GetGenericParameterConstraints().Where(TypeSides.IsOwn).ToList()).ToList();
        if (asked.TrueForAll(constraints => constraints.Count == 0))
        {
            yield break;
        }

        var own = sides.HeadAssemblies.ToList().SelectMany(TypeSides.TypesOf).Where(type => type is { IsGenericTypeDefinition: false, IsPublic: true } && sides.Counterpart(type) is not null).ToList();
        var fitting = asked.ConvertAll(constraints => constraints.Count == 0 ? [] : own.Where(type => constraints.TrueForAll(constraint => As(type, constraint) is not null)).OrderBy(type => constraints.Contains(type) ? 0 : type.IsAbstract ? 2 : 1).ToList());
        for (var turn = 0; turn < MostOwn; turn++)
        {
            var arguments = new Type?[parameters.Length];
            for (var i = 0; i < parameters.Length; i++)
            {
                if (fitting[i].Count == 0)
                {
                    continue;
                }

                arguments[i] = fitting[i][turn % fitting[i].Count];
                foreach (var constraint in asked[i].Where(constraint => constraint.ContainsGenericParameters))
                {
                    // What the constraint says of another parameter, the type that was chosen decides.
                    foreach (var (parameter, given) in constraint.GetGenericArguments().Zip(As(arguments[i]!, constraint)!.GetGenericArguments()).Where(pair => pair.First.IsGenericParameter))
                    {
                        arguments[parameter.GenericParameterPosition] ??= given;
                    }
                }
            }

            yield return [.. arguments.Select(argument => argument ?? typeof(int))];
        }
    }

    /// <summary>A type seen as what a constraint asks for: itself, a base, or an interface; null where it is none.</summary>
    private static Type? As(Type type, Type constraint)
    {
        if (!constraint.IsGenericType)
        {
            return constraint.IsAssignableFrom(type) ? constraint : null;
        }

        for (var one = type; one is not null; one = one.BaseType)
        {
            if (one.IsGenericType && one.GetGenericTypeDefinition() == constraint.GetGenericTypeDefinition())
            {
                return one;
            }
        }

        return type.GetInterfaces().FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == constraint.GetGenericTypeDefinition());
    }
}
