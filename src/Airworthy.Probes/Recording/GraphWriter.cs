using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;

namespace Airworthy.Probes.Recording;

/// <summary>
/// Writes any value as bounded, redacted JSON without running a line of the app's own code: it reads fields, never getters or <c>ToString</c>, and
/// enumerates only the framework's own collections. A lazy sequence, a stream or a handle is told as not recordable and left as it is.
/// </summary>
[RequiresUnreferencedCode("Recordings read fields by reflection.")]
internal sealed class GraphWriter(Utf8JsonWriter json, Redactor redactor, RecordingLimits limits)
{
    /// <summary>How far beyond its cut a text is searched, so that a secret that the cut would halve is still known as one.</summary>
    private const int TextBeyondCut = 512;

    private readonly long _last = json.BytesCommitted + json.BytesPending + limits.Bytes;
    private readonly HashSet<object> _ancestors = new(ReferenceEqualityComparer.Instance);

    /// <summary>Writes a value that bears a name: an argument, a field, the result.</summary>
    public void Write(string name, object? value) => Write(value, redactor.IsSecretName(name) ? "name" : null);

    private void Write(object? value, string? secret)
    {
        if (json.BytesCommitted + json.BytesPending > _last)
        {
            LeaveOut("size");
        }
        else if (value is null)
        {
            json.WriteNullValue();
        }
        else if (ReferenceEquals(value, Unrecordable.Value))
        {
            LeaveOut("by reference");
        }
        else if (ReferenceEquals(value, Unrecordable.Unused))
        {
            LeaveOut("not used");
        }
        else if (secret is not null || RecordedType.Of(value.GetType()).IsRedacted)
        {
            WriteSecret(value, secret ?? "attribute");
        }
        else if (!TryWriteScalar(value))
        {
            WriteNode(value);
        }
    }

    private void WriteSecret(object value, string rule)
    {
        if (value is string text)
        {
            json.WriteStringValue(redactor.Mask(text.Length > limits.Text ? text[..limits.Text] : text, rule));
            return;
        }

        redactor.Count(rule);
        LeaveOut("redacted");
    }

    private bool TryWriteScalar(object value)
    {
        switch (value)
        {
            case string text: WriteText(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case char character: json.WriteStringValue(character.ToString()); break;
            case Enum: json.WriteStringValue(value.ToString()); break;
            case byte or sbyte or short or ushort or int or uint or long: json.WriteNumberValue(Convert.ToInt64(value, null)); break;
            case ulong number: json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case float number: WriteNumber(number); break;
            case double number: WriteNumber(number); break;
            case Guid id: json.WriteStringValue(id); break;
            case DateTime time: json.WriteStringValue(time); break;
            case DateTimeOffset time: json.WriteStringValue(time); break;
            case DateOnly or TimeOnly: json.WriteStringValue(((IFormattable)value).ToString("O", null)); break;
            case Uri uri: WriteText(uri.OriginalString); break;
            case Version version: json.WriteStringValue(version.ToString()); break;
            case TimeSpan span: json.WriteStringValue(span.ToString("c")); break;
            default: return false;
        }

        return true;
    }

    private void WriteNumber(double number)
    {
        if (double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private void WriteText(string text)
    {
        var searched = redactor.Text(text.Length > limits.Text + TextBeyondCut ? text[..(limits.Text + TextBeyondCut)] : text);
        if (searched.Length <= limits.Text)
        {
            json.WriteStringValue(searched);
            return;
        }

        json.WriteStartObject();
        json.WriteString("$text", searched.AsSpan(0, limits.Text));
        json.WriteNumber("$length", text.Length);
        json.WriteEndObject();
    }

    private void WriteNode(object value)
    {
        if (NotRecordable(value) is { } reason)
        {
            LeaveOut(reason);
        }
        else if (_ancestors.Count >= limits.Depth)
        {
            LeaveOut("depth");
        }
        else if (!_ancestors.Add(value))
        {
            LeaveOut("cycle");
        }
        else
        {
            if (value is IDictionary pairs)
            {
                WritePairs(pairs);
            }
            else if (value is ICollection items)
            {
                WriteItems(items);
            }
            else
            {
                WriteFields(value);
            }

            _ancestors.Remove(value);
        }
    }

    /// <summary>Why a value can't be recorded, or null when it can.</summary>
    private static string? NotRecordable(object value)
    {
        var type = value.GetType();
        return value switch
        {
            Stream or TextReader or TextWriter => "stream",
            Delegate => "delegate",
            Task => "task",
            System.Runtime.InteropServices.SafeHandle or WaitHandle => "handle",
            byte[] => "bytes",
            Array array => array.Rank == 1 ? null : "array of several dimensions",
            // Wrappers around a collection of the app, whose code would run.
            ICollection when type.Namespace == "System.Collections.ObjectModel" => "sequence",
            ICollection when RecordedType.IsOfFramework(type) => null,
            IEnumerable => "sequence",
            _ when type.IsPointer || type.IsByRefLike || value is Pointer or nint or nuint => "pointer",
            _ when RecordedType.IsOfFramework(type) && !RecordedType.IsPlain(type) && type != typeof(object) => "type of the framework",
            _ => null,
        };
    }

    private void WriteItems(ICollection items)
    {
        var taken = Take(items);
        if (taken is null)
        {
            LeaveOut("changed meanwhile");
            return;
        }

        json.WriteStartArray();
        foreach (var item in taken)
        {
            Write(item, secret: null);
        }

        if (items.Count > taken.Count)
        {
            LeaveOut("items");
        }

        json.WriteEndArray();
    }

    private void WritePairs(IDictionary pairs)
    {
        var taken = Take(pairs);
        if (taken is null)
        {
            LeaveOut("changed meanwhile");
            return;
        }

        json.WriteStartObject();
        json.WriteStartArray("$pairs");
        foreach (var pair in taken.Cast<DictionaryEntry>())
        {
            json.WriteStartArray();
            Write(pair.Key, secret: null);
            Write(pair.Value, pair.Key is string name && redactor.IsSecretName(name) ? "name" : null);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        if (pairs.Count > taken.Count)
        {
            json.WriteNumber("$count", pairs.Count);
        }

        json.WriteEndObject();
    }

    /// <summary>The first items, or null when another thread changes the collection just now.</summary>
    private List<object?>? Take(ICollection items)
    {
        var taken = new List<object?>(Math.Min(limits.Items, items.Count));
        try
        {
            // Not foreach: a dictionary's own enumerator yields entries here, whatever its keys are.
            var each = items is IDictionary pairs ? pairs.GetEnumerator() : items.GetEnumerator();
            while (taken.Count < limits.Items && each.MoveNext())
            {
                taken.Add(each.Current);
            }

            return taken;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private void WriteFields(object value)
    {
        json.WriteStartObject();
        json.WriteString("$type", RecordedType.NameOf(value.GetType()));
        foreach (var field in RecordedType.Of(value.GetType()).Fields)
        {
            json.WritePropertyName(field.Name);
            if (field.Info.FieldType.IsPointer || field.Info.FieldType.IsFunctionPointer)
            {
                LeaveOut("pointer");
            }
            else
            {
                Write(field.Info.GetValue(value), field.IsRedacted ? "attribute" : redactor.IsSecretName(field.Name) ? "name" : null);
            }
        }

        json.WriteEndObject();
    }

    private void LeaveOut(string reason)
    {
        json.WriteStartObject();
        json.WriteString("$unrecorded", reason);
        json.WriteEndObject();
    }
}
