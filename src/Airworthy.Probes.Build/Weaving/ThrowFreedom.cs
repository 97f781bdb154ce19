using dnlib.DotNet;
using Op = dnlib.DotNet.Emit.Code;

namespace Airworthy.Probes.Build.Weaving;

/// <summary>
/// Knows methods that can't throw, such as one that adds two numbers: they need no filter, and can still be inlined.
/// </summary>
internal static class ThrowFreedom
{
    /// <summary>True when no instruction of the method can raise an exception.</summary>
    public static bool Holds(MethodDef method) =>
        !method.Body.HasExceptionHandlers && !method.Body.Instructions.Where((_, index) => CanThrow(method, index)).Any();

    private static bool CanThrow(MethodDef method, int index)
    {
        var instruction = method.Body.Instructions[index];
        switch (instruction.OpCode.Code)
        {
            case Op.Nop or Op.Dup or Op.Pop or Op.Ret or Op.Switch or Op.Ldnull or Op.Ldstr or Op.Sizeof or Op.Ldtoken:
            case Op.Add or Op.Sub or Op.Mul or Op.And or Op.Or or Op.Xor or Op.Shl or Op.Shr or Op.Shr_Un or Op.Neg or Op.Not:
            case Op.Ceq or Op.Cgt or Op.Cgt_Un or Op.Clt or Op.Clt_Un:
            case Op.Conv_I or Op.Conv_I1 or Op.Conv_I2 or Op.Conv_I4 or Op.Conv_I8 or Op.Conv_U or Op.Conv_U1 or Op.Conv_U2
                or Op.Conv_U4 or Op.Conv_U8 or Op.Conv_R4 or Op.Conv_R8 or Op.Conv_R_Un:
                return false;
            case Op.Ldfld:
                // A C# caller has checked the object of an instance method; a field of a value on the stack is always there.
                return index == 0 || !method.Body.Instructions[index - 1].IsLdarg() || method.IsStatic
                    || method.Body.Instructions[index - 1].GetParameterIndex() != 0;
            default:
                return !(instruction.IsLdarg() || instruction.IsStarg() || instruction.IsLdloc() || instruction.IsStloc() || instruction.IsLdcI4()
                    || instruction.IsBr() || instruction.IsConditionalBranch()
                    || instruction.OpCode.Code is Op.Ldarga or Op.Ldarga_S or Op.Ldloca or Op.Ldloca_S or Op.Ldc_I8 or Op.Ldc_R4 or Op.Ldc_R8);
        }
    }
}
