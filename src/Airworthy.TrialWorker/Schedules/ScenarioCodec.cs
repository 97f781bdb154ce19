using System.Buffers.Text;
using Airworthy.Trials;
using Airworthy.TrialWorker.Making;

namespace Airworthy.TrialWorker.Schedules;

/// <summary>A scenario and a schedule of it as one word, and back.</summary>
/// <param name="space">What the scenario is made of.</param>
/// <param name="unit">The unit's id at the head.</param>
internal sealed class ScenarioCodec(ScenarioSpace space, string unit)
{
    public string Write(Scenario scenario, Schedule schedule)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        foreach (var recipe in scenario.Objects.SelectMany(kind => kind))
        {
            RecipeCodec.Write(writer, recipe);
        }

        WriteCalls(writer, scenario.Before);
        writer.Write((byte)scenario.Threads.Length);
        foreach (var thread in scenario.Threads)
        {
            WriteCalls(writer, thread);
        }

        return new ScheduleWord(Base64Url.EncodeToString(bytes.ToArray()), schedule.ToString()).Of(unit);
    }

    /// <summary>Reads a word.</summary>
    /// <exception cref="NotMakeableException">It is none of this unit.</exception>
    public (Scenario Scenario, Schedule Schedule) Read(string word)
    {
        try
        {
            if (ScheduleWord.Read(word) is { } parts && Schedule.Read(parts.Schedule) is { } schedule)
            {
                using var reader = new BinaryReader(new MemoryStream(Base64Url.DecodeFromChars(parts.Scenario)));
                var objects = space.Kinds.Select((kind, i) => Enumerable.Range(0, space.Count(i)).Select(_ => RecipeCodec.Read(reader, kind)).ToArray()).ToArray();
                var before = ReadCalls(reader);
                var threads = Enumerable.Range(0, Math.Min(Schedule.MostThreads, (int)reader.ReadByte())).Select(_ => ReadCalls(reader)).ToArray();
                return (new Scenario(objects, before, threads), schedule);
            }
        }
        catch (Exception wrong) when (wrong is InvalidDataException or EndOfStreamException or FormatException or IndexOutOfRangeException or ArgumentException or InvalidCastException or OverflowException)
        {
            // As with any other word that is none.
        }

        throw new NotMakeableException("the schedule is not of this code: it was made with another revision");
    }

    private static void WriteCalls(BinaryWriter writer, ScenarioCall[] calls)
    {
        writer.Write((byte)calls.Length);
        foreach (var call in calls)
        {
            writer.Write((byte)call.Member);
            writer.Write((byte)call.Receiver);
            for (var i = 0; i < call.Arguments.Length; i++)
            {
                if (call.Arguments[i] is { } recipe)
                {
                    RecipeCodec.Write(writer, recipe);
                }
                else
                {
                    writer.Write((byte)call.Objects[i]);
                }
            }
        }
    }

    private ScenarioCall[] ReadCalls(BinaryReader reader)
    {
        var calls = new ScenarioCall[reader.ReadByte()];
        for (var c = 0; c < calls.Length; c++)
        {
            var index = reader.ReadByte();
            var receiver = reader.ReadByte();
            var member = space.Members[index];
            var arguments = new Recipe?[member.Parameters.Length];
            var objects = new int[arguments.Length];
            for (var i = 0; i < arguments.Length; i++)
            {
                if (member.Parameters[i] is { } shape)
                {
                    arguments[i] = RecipeCodec.Read(reader, shape);
                }
                else
                {
                    objects[i] = reader.ReadByte();
                }
            }

            calls[c] = new ScenarioCall(index, receiver, arguments, objects);
        }

        return calls;
    }
}
