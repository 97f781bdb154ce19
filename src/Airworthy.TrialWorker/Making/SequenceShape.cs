using System.Reflection;
using System.Text.Json;
using Airworthy.Replay;

namespace Airworthy.TrialWorker.Making;

/// <summary>Items in order: an array, or a collection that is made of one.</summary>
/// <param name="type">The collection's type at the head.</param>
/// <param name="item">The shape of an item.</param>
/// <param name="items">The items' type on each side.</param>
/// <param name="wrap">The array as the collection, on each side.</param>
/// <param name="code">The array's C# as the collection's.</param>
internal sealed class SequenceShape(Type type, Shape item, (Type Base, Type Head) items, (Func<Array, object> Base, Func<Array, object> Head) wrap, Func<string, string> code) : Shape(type)
{
    private const int MostItems = 12;
    private const int MostOfMany = 40;

    /// <summary>The choice of a sequence that is no collection: code often takes another way for it.</summary>
    private const int Lazy = 1;

    private static readonly MethodInfo s_lazy = typeof(SequenceShape).GetMethod(nameof(Lazily), BindingFlags.Static | BindingFlags.NonPublic)!;

    private static readonly MethodInfo s_streamed = typeof(AsyncEnumerable).GetMethod(nameof(AsyncEnumerable.ToAsyncEnumerable))!;

    private readonly bool _canBeLazy = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>);

    public override Recipe Make(Chance chance, int size)
    {
        var count = size <= 0 ? 0 : chance.Below(40) switch { < 4 => 0, < 8 => 1, < 32 => chance.Below(5), 32 => chance.Below(MostOfMany), 33 or 34 => chance.Length(MostOfMany), _ => chance.Below(MostItems) };
        var parts = new Recipe[count];
        for (var i = 0; i < count; i++)
        {
            // The same again now and then: duplicates and ties are inputs of their own.
            parts[i] = i > 0 && chance.OneIn(5) ? parts[chance.Below(i)] : item.Make(chance, size - 1);
        }

        return new Recipe(this, _canBeLazy && chance.OneIn(4) ? Lazy : 0, null, parts);
    }

    public override Recipe? Recorded(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Select(item.Recorded).ToArray() is var parts && Array.TrueForAll(parts, part => part is not null) ? new Recipe(this, 0, null, parts!) : null;

    public override object? Build(Recipe recipe, Side side)
    {
        var array = Array.CreateInstance(side == Side.Head ? items.Head : items.Base, recipe.Parts.Length);
        for (var i = 0; i < recipe.Parts.Length; i++)
        {
            array.SetValue(recipe.Parts[i].Build(side), i);
        }

        var made = side == Side.Head ? wrap.Head(array) : wrap.Base(array);
        return recipe.Choice == Lazy ? s_lazy.MakeGenericMethod(side == Side.Head ? items.Head : items.Base).Invoke(null, [made]) : made;
    }

    public override string Code(Recipe recipe)
    {
        var made = string.Join(", ", recipe.Parts.Select(part => part.Shape.Code(part)));
        var array = code($"new {CSharpType.Of(items.Head.MakeArrayType())} {(made.Length == 0 ? "{ }" : $"{{ {made} }}")}");
        return recipe.Choice == Lazy ? $"global::System.Linq.Enumerable.Where({array}, _ => true)" : array;
    }

    public override IEnumerable<Recipe> Simpler(Recipe recipe)
    {
        if (recipe.Choice == Lazy)
        {
            yield return new Recipe(this, 0, null, recipe.Parts);
        }

        for (var half = recipe.Parts.Length; half > 0; half /= 2)
        {
            for (var at = 0; at + half <= recipe.Parts.Length; at += half)
            {
                yield return new Recipe(this, recipe.Choice, null, [.. recipe.Parts[..at], .. recipe.Parts[(at + half)..]]);
            }
        }

        foreach (var simpler in base.Simpler(recipe))
        {
            yield return simpler;
        }
    }

    public override Recipe Vary(Recipe recipe, Chance chance, int size) => chance.Below(8) switch
    {
        0 when recipe.Parts.Length > 0 && chance.Below(recipe.Parts.Length) is var gone => new Recipe(this, recipe.Choice, null, [.. recipe.Parts[..gone], .. recipe.Parts[(gone + 1)..]]),
        1 when recipe.Parts.Length < 64 => new Recipe(this, recipe.Choice, null, [.. recipe.Parts, item.Make(chance, size - 1)]),
        2 when recipe.Parts.Length > 1 => new Recipe(this, recipe.Choice, null, [.. recipe.Parts.Reverse()]),
        3 when _canBeLazy => new Recipe(this, recipe.Choice == Lazy ? 0 : Lazy, null, recipe.Parts),
        _ => base.Vary(recipe, chance, size),
    };

    public override Shape Part(int choice, int index) => item;

    /// <summary>How an array becomes a collection of a type: itself, by a constructor, or by a factory method named <c>CreateRange</c> or <c>ToFrozenSet</c>; null when by none.</summary>
    public static Func<Array, object>? Wrapper(Type collection, Type item)
    {
        var array = item.MakeArrayType();
        if (collection.IsAssignableFrom(array))
        {
            return items => items;
        }

        if (collection.IsGenericType && collection.GetGenericTypeDefinition() is var open && (open == typeof(Memory<>) || open == typeof(ReadOnlyMemory<>) || open == typeof(ArraySegment<>)))
        {
            return items => Activator.CreateInstance(collection, items)!;
        }

        if (IsStream(collection))
        {
            var stream = s_streamed.MakeGenericMethod(item);
            return items => stream.Invoke(null, [items])!;
        }

        if (IsEnumerator(collection))
        {
            var enumerate = typeof(IEnumerable<>).MakeGenericType(item).GetMethod(nameof(IEnumerable<>.GetEnumerator))!;
            return items => enumerate.Invoke(items, [])!;
        }

        var target = collection.IsInterface || collection.IsAbstract
            ? new[] { typeof(List<>), typeof(HashSet<>) }.Select(one => one.MakeGenericType(item)).FirstOrDefault(collection.IsAssignableFrom)
            : collection;
        if (target?.GetConstructor([typeof(IEnumerable<>).MakeGenericType(item)]) is { } constructor)
        {
            return items => constructor.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, [items], culture: null);
        }

        if (target?.GetConstructor([typeof(IList<>).MakeGenericType(item)]) is { } ofList)
        {
            return items => ofList.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, [items], culture: null);
        }

        var factory = Factory(collection);
        return factory is null ? null : items => factory.MakeGenericMethod(item).Invoke(null, factory.GetParameters().Length == 1 ? [items] : [items, null])!;
    }

    /// <summary>The C# for it, given the array's.</summary>
    public static Func<string, string> WrapperCode(Type collection, Type item)
    {
        if (collection.IsAssignableFrom(item.MakeArrayType()))
        {
            return array => array;
        }

        if (IsStream(collection))
        {
            return array => $"global::System.Linq.AsyncEnumerable.ToAsyncEnumerable({array})";
        }

        if (IsEnumerator(collection))
        {
            return array => $"((global::System.Collections.Generic.IEnumerable<{CSharpType.Of(item)}>){array}).GetEnumerator()";
        }

        if (Factory(collection) is { } factory)
        {
            return array => $"global::{factory.DeclaringType!.FullName}.{factory.Name}<{CSharpType.Of(item)}>({array})";
        }

        var target = collection.IsInterface || collection.IsAbstract
            ? new[] { typeof(List<>), typeof(HashSet<>) }.Select(one => one.MakeGenericType(item)).First(collection.IsAssignableFrom)
            : collection;
        return array => $"new {CSharpType.Of(target)}({array})";
    }

    private static IEnumerable<T> Lazily<T>(IEnumerable<T> items) => items.Where(_ => true);

    private static bool IsStream(Type collection) => collection.IsGenericType && collection.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>);

    private static bool IsEnumerator(Type collection) => collection.IsGenericType && collection.GetGenericTypeDefinition() == typeof(IEnumerator<>);

    private static MethodInfo? Factory(Type collection)
    {
        if (!collection.IsGenericType)
        {
            return null;
        }

        var name = collection.Name.Split('`')[0].TrimStart('I');
        if (collection.Namespace == "System.Collections.Frozen")
        {
            return collection.Assembly.GetType("System.Collections.Frozen.FrozenSet")?.GetMethods().FirstOrDefault(method => method.Name == "ToFrozenSet" && method.GetParameters().Length == 2);
        }

        var holder = collection.Namespace == "System.Collections.Immutable" ? collection.Assembly.GetType($"{collection.Namespace}.{(name.StartsWith("Immutable", StringComparison.Ordinal) ? name : "I" + name)}") : null;
        return holder?.GetMethods().FirstOrDefault(method => method is { Name: "CreateRange", IsGenericMethodDefinition: true } && method.GetGenericArguments().Length == 1 && method.GetParameters() is [{ ParameterType.IsInterface: true }]);
    }
}
