using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Airworthy.Probes.Recording;

/// <summary>
/// Records the calls that are unlike all before: another way through the method, another culture, another shape of its arguments, another
/// exception. How often something happens does not matter.
/// </summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A field that trimming removed is missing in the recording, and nowhere else.")]
internal sealed class Recorder(RecordingQueue queue, Func<Redactor> redactor, string service, TimeProvider time)
{
    /// <summary>Different calls of one method that are recorded; then it is no longer watched.</summary>
    private const int MostCalls = 32;

    /// <summary>Calls a second whose arguments are written on the chance that they end in a new way.</summary>
    private const int MostTries = 100;

    private readonly RateLimit _tries = new(MostTries, time);

    /// <summary>Records whole requests.</summary>
    public RouteRecorder Routes { get; } = new(queue, redactor, service, time);

    /// <summary>Something of recording failed, and the app went on.</summary>
    public void CountFault() => queue.CountFault();

    /// <summary>Begins the record of a call; null when it is like one before, or there are too many just now.</summary>
    public CallRecord? Begin(ModuleCounts counts, int method, int part, object? receiver, object?[] arguments)
    {
        try
        {
            var parts = counts.Recordings[method] ??= New(counts, method);
            var recordings = parts[part];
            if (recordings.Count >= MostCalls)
            {
                if (Array.TrueForAll(parts, one => one.Count >= MostCalls))
                {
                    counts.Wanted[method] = 0;
                }

                return null;
            }

            if (!recordings.TryLook())
            {
                return null;
            }

            // Behind the arguments stand the types that a generic method is called for.
            var values = arguments.AsSpan(0, Math.Min(arguments.Length, recordings.Method.Parameters.Length));
            Type[] types = [.. arguments.AsSpan(values.Length).ToArray().OfType<Type>()];
            var shape = ValueShape.Mix(
                ValueShape.Mix(ValueShape.Of(values), ValueShape.Of([receiver])), ValueShape.OfContent(System.Globalization.CultureInfo.CurrentCulture.Name));
            foreach (var type in types)
            {
                shape = ValueShape.Mix(shape, ValueShape.OfContent(type.ToString()));
            }

            if (!recordings.IsNewShape(shape) && !_tries.TryTake())
            {
                return null;
            }

            var document = new CallDocument(recordings.Method, receiver, values, types, time.GetUtcNow(), redactor(), RecordingLimits.Default);
            return new CallRecord(this, recordings, document, shape);
        }
#pragma warning disable CA1031 // A defect here must never reach the app: the call goes on unrecorded.
        catch (Exception)
#pragma warning restore CA1031
        {
            queue.CountFault();
            return null;
        }
    }

    /// <summary>Ends the record of a call, and keeps it when it is unlike all before.</summary>
    public void End(CallRecord record, object? result, Exception? thrown)
    {
        try
        {
            var call = ValueShape.Mix(record.Shape, thrown is null ? ValueShape.Of([result]) : ValueShape.OfContent(thrown.GetType().FullName ?? ""));
            call = ValueShape.Mix(call, record.Outward.Shape());
            foreach (var passed in record.Passed)
            {
                call = ValueShape.Mix(call, passed);
            }

            if (record.Method.Count < MostCalls && record.Method.IsNew(call))
            {
                var id = IdOf(record.Method.Method, call);
                var lines = record.Method.Statements.Where((_, at) => record.Passed[at] != 0).Distinct();
                queue.Add(id, record.Document.End(id, lines, result, thrown, record.Outward));
            }
        }
#pragma warning disable CA1031 // As above.
        catch (Exception)
#pragma warning restore CA1031
        {
            queue.CountFault();
        }
    }

    private MethodRecordings[] New(ModuleCounts counts, int method)
    {
        var (tags, table) = (counts.Tags[method], counts.Read);
        return [.. tags.Method.Recorded.Select(recorded => new MethodRecordings(Named(recorded), tags.Method.Statements, tags.FirstFlag, time))];

        RecordedMethod Named(ProbeTable.Recordable recorded) => new(tags.Method.Id, recorded.Parameters)
        {
            Part = tags.Method.Part, Ordinal = recorded.Ordinal, Of = recorded.Of, Service = service, Revision = table.Revision, Assembly = table.Assembly,
        };
    }

    /// <summary>The same for like calls of one build, so that a second instance or a restart doesn't record them again.</summary>
    private static Guid IdOf(RecordedMethod method, ulong call)
    {
        var text = string.Join('\n', method.Service, method.Revision, method.Assembly, method.Unit, method.Part, method.Ordinal, call.ToString("x", null));
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
