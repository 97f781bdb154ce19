using dnlib.DotNet;
using dnlib.DotNet.Emit;
using Op = dnlib.DotNet.Emit.Code;

namespace Airworthy.Probes.Build.Weaving;

/// <summary>
/// The probe of a method whose code is its own. Exceptions are seen by a filter that always says no: it runs before anything is unwound and
/// catches nothing, so stack traces, crash dumps and the order of handlers stay as they were.
/// </summary>
internal static class PlainProbe
{
    /// <summary>Weaves it; gives what it does not count and why, empty when it counts all.</summary>
    /// <param name="method">The method.</param>
    /// <param name="editor">The editor of its code.</param>
    /// <param name="probes">What is called.</param>
    /// <param name="cell">The method's cell.</param>
    /// <param name="canThrow">False when nothing in the method, as the compiler made it, raises an exception: it gets no filter then.</param>
    /// <param name="hook">The record of the method's calls; null when they can't be recorded.</param>
    public static string Weave(MethodDef method, BodyEditor editor, ProbeClass probes, int cell, bool canThrow, RecordingHook? hook)
    {
        if (CountsOnly(method) is { } reason)
        {
            editor.InsertAtStart(Instruction.CreateLdcI4(cell), OpCodes.Call.ToInstruction(probes.Count));
            editor.Deepen(1);
            return reason;
        }

        var sample = new Local(probes.Sample, "");
        method.Body.Variables.Add(sample);
        // A record has one end: its returns are led to one place, as under a filter.
        if (!canThrow && hook is null)
        {
            WeaveEnds(method, editor, probes, cell, sample);
        }
        else
        {
            WeaveFilter(method, editor, probes, cell, [OpCodes.Ldloc.ToInstruction(sample)], Start(method), hook?.Threw() ?? []);
            WeaveEnd(method, editor, probes, cell, sample, hook);
        }

        editor.InsertAtStart(Instruction.CreateLdcI4(cell), OpCodes.Call.ToInstruction(probes.Enter), OpCodes.Stloc.ToInstruction(sample));
        hook?.WeaveStart(editor);
        editor.Deepen(hook is null ? 3 : 8);
        return "";
    }

    /// <summary>Why a method must stay as small as it is, and only its calls are counted; null when it need not.</summary>
    public static string? CountsOnly(MethodDef method)
    {
        if (method.Body.Instructions.Any(instruction => instruction.OpCode.Code is Op.Tailcall or Op.Jmp))
        {
            return "calls only: it ends in a tail call";
        }

        return method.IsAggressiveInlining ? "calls only: it is marked AggressiveInlining, and a filter would keep it from being inlined" : null;
    }

    /// <summary>Puts the whole body under a filter that counts exceptions, and leads every return to behind it.</summary>
    public static void WeaveFilter(
        MethodDef method, BodyEditor editor, ProbeClass probes, int cell, ReadOnlySpan<Instruction> sample, Instruction start, params ReadOnlySpan<Instruction> seen)
    {
        var body = method.Body;
        var returned = method.ReturnType.RemoveModifiers() is { ElementType: not ElementType.Void } type ? new Local(type, "") : null;
        var end = returned is null ? OpCodes.Ret.ToInstruction() : OpCodes.Ldloc.ToInstruction(returned);
        var returns = editor.Code.Where(instruction => instruction.OpCode.Code == Op.Ret).ToList();
        foreach (var ret in returns)
        {
            if (returned is null)
            {
                (ret.OpCode, ret.Operand) = (OpCodes.Leave, end);
            }
            else
            {
                (ret.OpCode, ret.Operand) = (OpCodes.Stloc, returned);
                editor.Code.Insert(editor.Code.IndexOf(ret) + 1, OpCodes.Leave.ToInstruction(end));
            }
        }

        var filter = OpCodes.Isinst.ToInstruction(probes.Exception);
        if (editor.Code.FirstOrDefault(instruction => instruction.SequencePoint is not null)?.SequencePoint is { } line)
        {
            filter.SequencePoint = BodyEditor.HiddenAs(line);
        }

        // A region that reached to the end of the method must not reach over what is added there.
        foreach (var inner in body.ExceptionHandlers)
        {
            inner.TryEnd ??= filter;
            inner.HandlerEnd ??= filter;
        }

        var handler = OpCodes.Pop.ToInstruction();
        Instruction[] tail =
        [
            filter,
            .. seen,
            Instruction.CreateLdcI4(cell),
            .. sample,
            OpCodes.Call.ToInstruction(probes.Failed),
            OpCodes.Endfilter.ToInstruction(),
            handler,
            OpCodes.Rethrow.ToInstruction(),
        ];
        foreach (var instruction in tail)
        {
            editor.Code.Add(instruction);
        }

        if (returns.Count > 0)
        {
            editor.Code.Add(end);
            if (returned is not null)
            {
                body.Variables.Add(returned);
                editor.Code.Add(OpCodes.Ret.ToInstruction());
            }
        }

        body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Filter)
        {
            TryStart = start,
            TryEnd = filter,
            FilterStart = filter,
            HandlerStart = handler,
            HandlerEnd = returns.Count > 0 ? end : null,
        });
    }

    /// <summary>Ends the timing at the one return that <see cref="WeaveFilter"/> left.</summary>
    private static void WeaveEnd(MethodDef method, BodyEditor editor, ProbeClass probes, int cell, Local sample, RecordingHook? hook)
    {
        if (method.Body.ExceptionHandlers[^1].HandlerEnd is { } end)
        {
            editor.InsertInPlace(end, [.. Left(probes, cell, sample), .. hook?.Returned(end.Operand as Local) ?? []]);
        }
    }

    /// <summary>Ends the timing at every return.</summary>
    private static void WeaveEnds(MethodDef method, BodyEditor editor, ProbeClass probes, int cell, Local sample)
    {
        foreach (var ret in method.Body.Instructions.Where(instruction => instruction.OpCode.Code == Op.Ret).ToList())
        {
            editor.InsertInPlace(ret, Left(probes, cell, sample));
        }
    }

    private static Instruction[] Left(ProbeClass probes, int cell, Local sample) =>
        [OpCodes.Ldloc.ToInstruction(sample), Instruction.CreateLdcI4(cell), OpCodes.Call.ToInstruction(probes.Leave)];

    /// <summary>
    /// Where the filter begins to watch: at the start, but in a constructor behind the call of the base's, before which there is no object yet.
    /// </summary>
    private static Instruction Start(MethodDef method)
    {
        var code = method.Body.Instructions;
        if (!method.IsInstanceConstructor || method.DeclaringType.IsValueType)
        {
            return code[0];
        }

        for (var i = 0; i + 1 < code.Count; i++)
        {
            if (code[i].OpCode.Code == Op.Call && code[i].Operand is IMethod { Name.String: ".ctor" } called
                && (Same(called.DeclaringType, method.DeclaringType.BaseType) || Same(called.DeclaringType, method.DeclaringType)))
            {
                return IsCut(method, code[i + 1]) ? code[0] : code[i + 1];
            }
        }

        return code[0];
    }

    /// <summary>True when a handler stands before the place: two regions must not cut each other.</summary>
    private static bool IsCut(MethodDef method, Instruction start)
    {
        var code = method.Body.Instructions;
        var index = code.IndexOf(start);
        return method.Body.ExceptionHandlers.Any(handler => code.IndexOf(handler.TryStart) < index);
    }

    private static bool Same(ITypeDefOrRef? one, ITypeDefOrRef? other) => new SigComparer().Equals(one?.ScopeType, other?.ScopeType);
}
