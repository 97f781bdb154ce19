using System.Linq.Expressions;
using Airworthy.Replay;

namespace Airworthy.TrialWorker.Making;

/// <summary>
/// A function: one that gives a constant, one of its arguments, or something simple made of them. Only what C# can write is made, so that a test can hold it too.
/// </summary>
/// <param name="type">The delegate's type at the head.</param>
/// <param name="baseType">At the base.</param>
/// <param name="result">The shape of its result; null when it gives nothing.</param>
internal sealed class DelegateShape(Type type, Type baseType, Shape? result) : Shape(type)
{
    private const int Constant = 0;

    private readonly (string Code, Func<Expression[], Expression> Body)[] _bodies = [.. Bodies(type)];

    public override bool IsMutable => false;

    public override Recipe Make(Chance chance, int size)
    {
        var choice = result is null ? 0 : chance.OneIn(3) ? Constant : chance.Below(_bodies.Length + 1);
        return new Recipe(this, choice, null, choice == Constant && result is not null ? [result.Make(chance, size - 1)] : []);
    }

    public override object? Build(Recipe recipe, Side side)
    {
        var of = side == Side.Head ? Type : baseType;
        var invoke = of.GetMethod("Invoke")!;
        var parameters = invoke.GetParameters().Select((one, i) => Expression.Parameter(one.ParameterType, "p" + i)).ToArray();
        var body = invoke.ReturnType == typeof(void) ? Expression.Empty()
            : recipe.Choice == Constant ? Expression.Convert(Expression.Constant(recipe.Parts[0].Build(side), typeof(object)), invoke.ReturnType)
            : Converted(_bodies[recipe.Choice - 1].Body(parameters), invoke.ReturnType);
        // Interpreted: made for one call, it would take longer to compile than to run.
        return Expression.Lambda(of, body, parameters).Compile(preferInterpretation: true);
    }

    public override string Code(Recipe recipe)
    {
        var count = Type.GetMethod("Invoke")!.GetParameters().Length;
        var head = $"({string.Join(", ", Enumerable.Range(0, count).Select(i => "p" + i))}) => ";
        var body = result is null ? "{ }" : recipe.Choice == Constant ? recipe.Parts[0].Shape.Code(recipe.Parts[0]) : _bodies[recipe.Choice - 1].Code;
        return $"({CSharpType.Of(Type)})({head}{body})";
    }

    public override IEnumerable<Recipe> Simpler(Recipe recipe)
    {
        foreach (var simpler in base.Simpler(recipe))
        {
            yield return simpler;
        }

        for (var choice = 1; result is not null && choice < recipe.Choice; choice++)
        {
            yield return new Recipe(this, choice, null, []);
        }
    }

    public override Shape Part(int choice, int index) => result!;

    private static Expression Converted(Expression body, Type type) => body.Type == type ? body : Expression.Convert(body, type);

    private static IEnumerable<(string Code, Func<Expression[], Expression> Body)> Bodies(Type type)
    {
        var invoke = type.GetMethod("Invoke")!;
        var parameters = invoke.GetParameters();
        var gives = invoke.ReturnType;
        for (var i = 0; i < parameters.Length; i++)
        {
            var at = i;
            var takes = parameters[i].ParameterType;
            var name = "p" + i;
            if (takes.IsByRef)
            {
                continue;
            }

            if (gives == takes)
            {
                yield return (name, all => all[at]);
            }

            if (takes == typeof(int) && gives == typeof(bool))
            {
                yield return ($"{name} % 2 == 0", all => Expression.Equal(Expression.Modulo(all[at], Expression.Constant(2)), Expression.Constant(0)));
                yield return ($"{name} > 2", all => Expression.GreaterThan(all[at], Expression.Constant(2)));
            }
            else if (takes == typeof(string) && gives == typeof(int))
            {
                yield return ($"({name} ?? \"\").Length", all => Expression.Property(Expression.Coalesce(all[at], Expression.Constant("")), nameof(string.Length)));
            }
            else if (takes == typeof(string) && gives == typeof(bool))
            {
                yield return ($"({name} ?? \"\").Length > 2", all => Expression.GreaterThan(Expression.Property(Expression.Coalesce(all[at], Expression.Constant("")), nameof(string.Length)), Expression.Constant(2)));
            }
            else if (takes == typeof(int) && gives == typeof(int))
            {
                yield return ($"{name} % 3", all => Expression.Modulo(all[at], Expression.Constant(3)));
                yield return ($"-{name}", all => Expression.Negate(all[at]));
            }
            else if (takes == typeof(int) && gives == typeof(string))
            {
                yield return ($"{name}.ToString(global::System.Globalization.CultureInfo.InvariantCulture)", all => Expression.Call(all[at], typeof(int).GetMethod(nameof(int.ToString), [typeof(IFormatProvider)])!, Expression.Constant(System.Globalization.CultureInfo.InvariantCulture, typeof(IFormatProvider))));
            }
        }

        if (parameters.Length == 2 && Array.TrueForAll(parameters, one => one.ParameterType == typeof(int)) && gives == typeof(int))
        {
            yield return ("unchecked(p0 + p1)", all => Expression.Add(all[0], all[1]));
            yield return ("p0.CompareTo(p1)", all => Expression.Call(all[0], typeof(int).GetMethod(nameof(int.CompareTo), [typeof(int)])!, all[1]));
        }

        if (parameters.Length == 2 && Array.TrueForAll(parameters, one => one.ParameterType == typeof(string)) && gives == typeof(string))
        {
            yield return ("p0 + p1", all => Expression.Call(typeof(string).GetMethod(nameof(string.Concat), [typeof(string), typeof(string)])!, all[0], all[1]));
        }

        if (parameters.Length == 2 && Array.TrueForAll(parameters, one => one.ParameterType == typeof(int)) && gives == typeof(bool))
        {
            yield return ("p0 == p1", all => Expression.Equal(all[0], all[1]));
            yield return ("p0 < p1", all => Expression.LessThan(all[0], all[1]));
        }
    }
}
