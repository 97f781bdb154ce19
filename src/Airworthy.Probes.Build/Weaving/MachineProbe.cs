using Airworthy.Probes.Build.Choosing;
using dnlib.DotNet;
using dnlib.DotNet.Emit;
using Op = dnlib.DotNet.Emit.Code;

namespace Airworthy.Probes.Build.Weaving;

/// <summary>
/// The probe of a method whose code the compiler put into a state machine. The machine's first step is the call; a failure is what the machine hands
/// to its task, or, of an iterator, what leaves a step.
/// </summary>
internal static class MachineProbe
{
    private const string State = "<>1__state";

    /// <summary>True when the machine is laid out as the C# compiler does it.</summary>
    public static bool Knows(UserMethod method) => StateOf(method) is not null;

    /// <summary>Weaves it; gives what it does not count and why, empty when it counts all.</summary>
    public static string Weave(UserMethod method, BodyEditor editor, ProbeClass probes, int cell, RecordingHook? hook)
    {
        var step = method.Body;
        var state = StateOf(method)!;
        switch (method.Shape)
        {
            case MethodShape.Async:
                WeaveAsync(method, editor, probes, cell, hook);
                hook?.WeaveStart();
                return "";
            case MethodShape.AsyncIterator:
                WeaveSetException(editor, probes, cell, [OpCodes.Ldnull.ToInstruction()], hook?.Threw() ?? []);
                foreach (var call in hook is null ? [] : Calls(editor, "SetResult"))
                {
                    editor.InsertBefore(call, hook!.Stepped(call));
                }

                WeaveFirstStep(editor, probes, cell, state, firstState: -3, hook);
                editor.Deepen(hook is null ? 4 : 12);
                return "calls and failures only: its consumer decides how long it takes";
            default:
                PlainProbe.WeaveFilter(step, editor, probes, cell, [OpCodes.Ldnull.ToInstruction()], editor.Code[0], hook?.Threw() ?? []);
                if (hook is not null && step.Body.ExceptionHandlers[^1].HandlerEnd is { Operand: Local more } end)
                {
                    editor.InsertInPlace(end, hook.Stepped(more));
                }

                WeaveFirstStep(editor, probes, cell, state, firstState: 0, hook);
                editor.Deepen(hook is null ? 4 : 12);
                return "calls and failures only: its consumer decides how long it takes";
        }
    }

    private static IField? StateOf(UserMethod method) =>
        method.Body.Body.Instructions.Select(instruction => instruction.Operand).OfType<IField>().FirstOrDefault(field => field.Name == State);

    /// <summary>A field of the machine, as its code names it.</summary>
    public static IField AddField(UserMethod method, string name, TypeSig type)
    {
        var declared = new FieldDefUser(name, new FieldSig(type), FieldAttributes.Public);
        method.Body.DeclaringType.Fields.Add(declared);
        return Named(method, declared);
    }

    /// <summary>A field of the machine as its code names it: in a generic machine through the machine's own instance, as the compiler names the state.</summary>
    public static IField Named(UserMethod method, FieldDef field) =>
        StateOf(method) is MemberRef { Class: TypeSpec machine } ? new MemberRefUser(method.Body.Module, field.Name, field.FieldSig, machine) : field;

    private static void WeaveAsync(UserMethod method, BodyEditor editor, ProbeClass probes, int cell, RecordingHook? hook)
    {
        var state = StateOf(method)!;
        var sample = AddField(method, "<>airworthy", probes.Sample);
        WeaveSetException(editor, probes, cell, [OpCodes.Ldarg_0.ToInstruction(), OpCodes.Ldfld.ToInstruction(sample)], hook?.Threw() ?? []);
        foreach (var call in Calls(editor, "SetResult"))
        {
            if (hook is not null)
            {
                editor.InsertBefore(call, hook.Returns(call, (IMethod)call.Operand));
            }

            editor.InsertBefore(
                call, OpCodes.Ldarg_0.ToInstruction(), OpCodes.Ldfld.ToInstruction(sample), Instruction.CreateLdcI4(cell), OpCodes.Call.ToInstruction(probes.Leave));
        }

        var first = editor.Code[0];
        editor.InsertAtStart(
            [
                OpCodes.Ldarg_0.ToInstruction(),
                OpCodes.Ldfld.ToInstruction(state),
                OpCodes.Ldc_I4_M1.ToInstruction(),
                OpCodes.Bne_Un.ToInstruction(first),
                .. hook?.Take() ?? [],
                OpCodes.Ldarg_0.ToInstruction(),
                Instruction.CreateLdcI4(cell),
                OpCodes.Call.ToInstruction(probes.Enter),
                OpCodes.Stfld.ToInstruction(sample),
            ]);
        editor.Deepen(5);
    }

    /// <summary>The exception stands on the stack when it is handed to the task; a copy of it is counted.</summary>
    private static void WeaveSetException(BodyEditor editor, ProbeClass probes, int cell, Instruction[] sample, params ReadOnlySpan<Instruction> seen)
    {
        foreach (var call in Calls(editor, "SetException"))
        {
            editor.InsertBefore(
                call,
                [
                    .. Copies(seen),
                    OpCodes.Dup.ToInstruction(),
                    Instruction.CreateLdcI4(cell),
                    .. Copies(sample),
                    OpCodes.Call.ToInstruction(probes.Failed),
                    OpCodes.Pop.ToInstruction(),
                ]);
        }
    }

    private static Instruction[] Copies(ReadOnlySpan<Instruction> code)
    {
        var copies = new Instruction[code.Length];
        for (var i = 0; i < copies.Length; i++)
        {
            copies[i] = new Instruction(code[i].OpCode, code[i].Operand);
        }

        return copies;
    }

    private static void WeaveFirstStep(BodyEditor editor, ProbeClass probes, int cell, IField state, int firstState, RecordingHook? hook)
    {
        var first = editor.Code[0];
        editor.InsertAtStart(
            [OpCodes.Ldarg_0.ToInstruction(),
            OpCodes.Ldfld.ToInstruction(state),
            Instruction.CreateLdcI4(firstState),
            OpCodes.Bne_Un.ToInstruction(first),
            Instruction.CreateLdcI4(cell),
            OpCodes.Call.ToInstruction(probes.Count),
            .. hook?.Begin() ?? []]);
    }

    /// <summary>The machine's calls of its own builder; a person's code may call a method of that name too, on a task source say.</summary>
    private static List<Instruction> Calls(BodyEditor editor, string name)
    {
        var calls = new List<Instruction>();
        for (var i = 0; i < editor.Code.Count; i++)
        {
            if (editor.Code[i].OpCode.FlowControl == FlowControl.Call && editor.Code[i].Operand is IMethod method && method.Name == name && IsOfBuilder(editor, i))
            {
                calls.Add(editor.Code[i]);
            }
        }

        return calls;
    }

    private static bool IsOfBuilder(BodyEditor editor, int call)
    {
        for (var i = call - 1; i >= 0 && i >= call - 4; i--)
        {
            if (editor.Code[i].OpCode.Code is Op.Ldflda or Op.Ldfld && editor.Code[i].Operand is IField { Name.String: "<>t__builder" or "<>v__promiseOfValueOrEnd" })
            {
                return true;
            }
        }

        return false;
    }
}
