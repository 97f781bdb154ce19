using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Airworthy.Replay;

/// <summary>What a method's code names: the methods and fields by which its lambdas and what they capture are found.</summary>
internal static class CodeTokens
{
    private static readonly Dictionary<short, OpCode> s_codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>The members of its own assembly that a method names, in its own code or in the machine that the compiler made of it.</summary>
    public static IEnumerable<MemberInfo> Of(MethodBase method) => Named(method).Concat(MachineOf(method) is { } step ? Named(step) : []);

    /// <summary>The fields that a method names, and those that the parts name which it names in turn.</summary>
    public static HashSet<int> Fields(MethodBase method, Func<MethodBase, bool> isPart)
    {
        var fields = new HashSet<int>();
        var seen = new HashSet<int>();
        var left = new Stack<MethodBase>([method]);
        while (left.TryPop(out var one))
        {
            if (!seen.Add(one.MetadataToken))
            {
                continue;
            }

            foreach (var member in Of(one))
            {
                if (member is FieldInfo field)
                {
                    fields.Add(field.MetadataToken);
                }
                else if (member is MethodBase called && isPart(called))
                {
                    left.Push(called);
                }
            }
        }

        return fields;
    }

    private static MethodInfo? MachineOf(MethodBase method) => method.GetCustomAttribute<StateMachineAttribute>()?.StateMachineType
        .GetMethod("MoveNext", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly);

    private static IEnumerable<MemberInfo> Named(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < code.Length;)
        {
            var opCode = code[at] == 0xFE ? s_codes[unchecked((short)(0xFE00 | code[at + 1]))] : s_codes[code[at]];
            at += opCode.Size;
            if (opCode.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineTok
                && Resolved(method, BitConverter.ToInt32(code, at)) is { } member && member.Module == method.Module)
            {
                yield return member;
            }

            at += opCode.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static MemberInfo? Resolved(MethodBase method, int token)
    {
        try
        {
            return method.Module.ResolveMember(
                token, method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null, method.IsGenericMethod ? method.GetGenericArguments() : null);
        }
        catch (Exception missing) when (missing is ArgumentException or IOException or BadImageFormatException or TypeLoadException or MissingMemberException)
        {
            return null;
        }
    }
}
