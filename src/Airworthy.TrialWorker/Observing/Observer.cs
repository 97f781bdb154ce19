using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Airworthy.Replay;

namespace Airworthy.TrialWorker.Observing;

/// <summary>
/// Writes what can be seen of a value as text, the same for both sides though their types differ: structure by public members, never by <c>Equals</c>.
/// What a member throws is part of what is seen. Bounded in depth, items and length.
/// </summary>
internal sealed class Observer
{
    private const int MostDepth = 6;
    private const int MostItems = 200;
    private const int MostLength = 20_000;

    private readonly StringBuilder _text;
    private readonly List<object> _open = [];
    private readonly object?[] _owner = new object?[1];

    public Observer(StringBuilder text) => _text = text;

    /// <summary>Told of each plain value with the C# that reaches it; null when nobody asks.</summary>
    public Action<string, object?>? Seen { get; private set; }

    /// <summary>Begins anew, whatever ended the last.</summary>
    /// <param name="seen">Who is told.</param>
    public void Begin(Action<string, object?>? seen)
    {
        Seen = seen;
        _open.Clear();
    }

    /// <summary>Writes one value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="path">The C# that reaches it; used only when somebody asks.</param>
    public void Write(object? value, string path = "")
    {
        if (_text.Length > MostLength)
        {
            _text.Append('…');
            return;
        }

        if (WritePlain(value))
        {
            Seen?.Invoke(path, value is Type or Delegate ? null : value);
            return;
        }

        if (_open.Count >= MostDepth || _open.Exists(one => ReferenceEquals(one, value)))
        {
            _text.Append('…');
            return;
        }

        _open.Add(value!);
        WriteObject(value!, ObservedType.Of(value!.GetType()), path);
        _open.RemoveAt(_open.Count - 1);
    }

    /// <summary>Values that are seen whole.</summary>
    private bool WritePlain(object? value)
    {
        switch (value)
        {
            case null:
                _text.Append("null");
                return true;
            case string text:
                _text.Append(text.Length > 2000 ? ValueCode.Literal(text[..2000]) + "…" : ValueCode.Literal(text));
                return true;
            case bool flag:
                _text.Append(flag ? "true" : "false");
                return true;
            case char character:
                _text.Append('\'').Append(character is >= ' ' and <= '~' ? character.ToString() : $"\\u{(int)character:x4}").Append('\'');
                return true;
            case int number:
                _text.Append(CultureInfo.InvariantCulture, $"{number}");
                return true;
            case long number:
                _text.Append(CultureInfo.InvariantCulture, $"{number}");
                return true;
            case decimal number:
                _text.Append(CultureInfo.InvariantCulture, $"{number}");
                return true;
            case double real:
                _text.Append(real.ToString("R", CultureInfo.InvariantCulture));
                return true;
            case Enum named:
                _text.Append(named.GetType().Name).Append('.').Append(named);
                return true;
            case DateTime time:
                _text.Append(time.ToString("O", CultureInfo.InvariantCulture)).Append(time.Kind == DateTimeKind.Utc ? "" : time.Kind == DateTimeKind.Local ? " local" : "");
                return true;
            case DateTimeOffset or DateOnly or TimeOnly:
                _text.Append(((IFormattable)value).ToString("O", CultureInfo.InvariantCulture));
                return true;
            case TimeSpan span:
                _text.Append(span.ToString("c", CultureInfo.InvariantCulture));
                return true;
            case StringBuilder builder:
                _text.Append("StringBuilder ").Append(ValueCode.Literal(builder.Length > 2000 ? builder.ToString(0, 2000) : builder.ToString()));
                return true;
            case StringWriter writer:
                _text.Append("StringWriter ").Append(ValueCode.Literal(writer.ToString()));
                return true;
            case MemoryStream stream:
                _text.Append(CultureInfo.InvariantCulture, $"MemoryStream at {(stream.CanRead ? stream.Position : -1)} ").Append(Convert.ToHexString(stream.ToArray().AsSpan()[..(int)Math.Min(stream.ToArray().Length, 1000)]));
                return true;
            case Uri uri:
                _text.Append("Uri ").Append(ValueCode.Literal(uri.OriginalString));
                return true;
            case CultureInfo culture:
                _text.Append("CultureInfo ").Append(ValueCode.Literal(culture.Name));
                return true;
            case Regex pattern:
                _text.Append("Regex ").Append(ValueCode.Literal(pattern.ToString()));
                return true;
            case Encoding encoding:
                _text.Append("Encoding ").Append(encoding.WebName);
                return true;
            case Type type:
                _text.Append("typeof(").Append(type.FullName ?? type.Name).Append(')');
                return true;
            case Delegate:
                _text.Append("a delegate");
                return true;
            case IFormattable formattable when value.GetType().Namespace is "System" or "System.Numerics" or "System.Text":
                _text.Append(formattable.ToString(null, CultureInfo.InvariantCulture));
                return true;
            default:
                return false;
        }
    }

#pragma warning disable CA1031 // What a member throws is what is seen of it.
    private void WriteObject(object value, ObservedType type, string path)
    {
        if (type.HasText)
        {
            _text.Append(type.Name).Append(' ');
            try
            {
                _text.Append(ValueCode.Literal(value.ToString() ?? ""));
            }
            catch (Exception thrown)
            {
                Threw(thrown);
            }

            return;
        }

        if (type.Name.Length > 0)
        {
            _text.Append(type.Name).Append(' ');
        }

        if (type.Members.Length > 0)
        {
            WriteMembers(value, type, path);
        }

        if (type.IsSequence)
        {
            WriteItems((IEnumerable)value, path);
        }
    }

    private void WriteMembers(object value, ObservedType type, string path)
    {
        _text.Append("{ ");
        var isFirst = true;
        var at = Seen is null ? "" : Cast(value, path);
        foreach (var (name, read) in type.Members)
        {
            _text.Append(isFirst ? "" : ", ").Append(name).Append(" = ");
            isFirst = false;
            object? member;
            try
            {
                _owner[0] = value;
                member = read(_owner);
            }
            catch (Exception thrown)
            {
                Threw(thrown);
                continue;
            }

            Write(member, Seen is null ? "" : $"{at}.{name}");
        }

        _text.Append(" }");
    }

    private void WriteItems(IEnumerable items, string path)
    {
        _text.Append('[');
        var count = 0;
        var open = _open.Count;
        try
        {
            foreach (var item in items)
            {
                if (count == MostItems)
                {
                    _text.Append(", …");
                    count++;
                    break;
                }

                _text.Append(count == 0 ? "" : ", ");
                Write(item, Seen is null ? "" : $"global::System.Linq.Enumerable.ElementAt({path}, {count.ToString(CultureInfo.InvariantCulture)})");
                count++;
            }
        }
        catch (Exception thrown)
        {
            _open.RemoveRange(open, _open.Count - open);
            Threw(thrown);
        }

        _text.Append(']');
        if (count <= MostItems && items is not string)
        {
            Seen?.Invoke($"global::System.Linq.Enumerable.Count({path})", count);
        }
    }
#pragma warning restore CA1031

    private void Threw(Exception thrown) => _text.Append("throws ").Append(thrown.GetType().FullName);

    private static string Cast(object value, string path)
    {
        try
        {
            return $"(({CSharpType.Of(value.GetType())}){path})";
        }
        catch (NotReplayableException)
        {
            return path;
        }
    }
}
