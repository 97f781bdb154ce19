using System.Reflection;
using System.Reflection.Emit;

namespace Airworthy.TrialWorker.Making;

/// <summary>
/// Calls of a member as code made once: the receiver first, then the arguments; what goes by reference is written back. Private members can be called too,
/// and arguments that live on the stack alone are made of arrays.
/// </summary>
internal static class Invoker
{
    /// <summary>The call of a method or constructor.</summary>
    /// <exception cref="NotMakeableException">Its signature can't be served.</exception>
    public static Func<object?[], object?> Of(MethodBase method)
    {
        var call = new DynamicMethod(method.Name, typeof(object), [typeof(object[])], typeof(Invoker).Module, skipVisibility: true);
        var il = call.GetILGenerator();
        var parameters = method.GetParameters();
        var offset = method.IsStatic || method is ConstructorInfo ? 0 : 1;
        if (offset == 1)
        {
            Argument(il, 0);
            var owner = method.DeclaringType!;
            il.Emit(owner.IsValueType ? OpCodes.Unbox : OpCodes.Castclass, owner);
        }

        var locals = new LocalBuilder?[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            var type = parameters[i].ParameterType;
            if (!type.IsByRef)
            {
                Load(il, i + offset, type);
                continue;
            }

            var element = type.GetElementType()!;
            locals[i] = il.DeclareLocal(element);
            if (!parameters[i].IsOut)
            {
                Load(il, i + offset, element);
                il.Emit(OpCodes.Stloc, locals[i]!);
            }

            il.Emit(OpCodes.Ldloca, locals[i]!);
        }

        var returned = Call(il, method);
        var result = il.DeclareLocal(typeof(object));
        Box(il, returned);
        il.Emit(OpCodes.Stloc, result);
        for (var i = 0; i < parameters.Length; i++)
        {
            if (locals[i] is { } local && !parameters[i].IsIn)
            {
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Ldc_I4, i + offset);
                il.Emit(OpCodes.Ldloc, local);
                Box(il, local.LocalType);
                il.Emit(OpCodes.Stelem_Ref);
            }
        }

        il.Emit(OpCodes.Ldloc, result);
        il.Emit(OpCodes.Ret);
        return call.CreateDelegate<Func<object?[], object?>>();
    }

    /// <summary>The type of what stands for an argument: an array for what lives on the stack alone.</summary>
    public static Type Carrier(Type type) => IsSpan(type) ? type.GetGenericArguments()[0].MakeArrayType() : type.IsByRef ? Carrier(type.GetElementType()!) : type;

    private static Type Call(ILGenerator il, MethodBase method)
    {
        if (method is ConstructorInfo constructor)
        {
            il.Emit(OpCodes.Newobj, constructor);
            return constructor.DeclaringType!;
        }

        var info = (MethodInfo)method;
        // The very method that changed, not one that overrides it.
        il.Emit(info is { IsVirtual: true, IsAbstract: true } ? OpCodes.Callvirt : OpCodes.Call, info);
        return info.ReturnType;
    }

    private static void Argument(ILGenerator il, int index)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, index);
        il.Emit(OpCodes.Ldelem_Ref);
    }

    private static void Load(ILGenerator il, int index, Type type)
    {
        if (IsSpan(type))
        {
            Argument(il, index);
            var array = type.GetGenericArguments()[0].MakeArrayType();
            il.Emit(OpCodes.Castclass, array);
            il.Emit(OpCodes.Newobj, type.GetConstructor([array])!);
            return;
        }

        if (type.IsByRefLike || type.IsPointer || type.IsFunctionPointer)
        {
            throw new NotMakeableException($"it takes a {type.Name}, which lives on the stack alone");
        }

        Argument(il, index);
        il.Emit(OpCodes.Unbox_Any, type);
    }

    private static void Box(ILGenerator il, Type type)
    {
        if (type == typeof(void))
        {
            il.Emit(OpCodes.Ldnull);
        }
        else if (IsSpan(type))
        {
            var local = il.DeclareLocal(type);
            il.Emit(OpCodes.Stloc, local);
            il.Emit(OpCodes.Ldloca, local);
            il.Emit(OpCodes.Call, type.GetMethod("ToArray")!);
        }
        else if (type.IsByRefLike || type.IsPointer || type.IsByRef || type.IsFunctionPointer)
        {
            throw new NotMakeableException($"it returns a {type.Name}, which lives on the stack alone");
        }
        else if (type.IsValueType)
        {
            il.Emit(OpCodes.Box, type);
        }
    }

    private static bool IsSpan(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() is var open && (open == typeof(Span<>) || open == typeof(ReadOnlySpan<>));
}
