using System.Collections.Immutable;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Airworthy.Policies;

/// <summary>
/// Reads the YAML that a policy may use: maps, lists and values. Anchors, aliases, tags, merge keys and more than one document are
/// refused, so a file from a stranger can neither grow while it is read nor name a type.
/// </summary>
internal sealed class PolicyYaml
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    private const int MaxDepth = 12;
    private const int MaxNodes = 20_000;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _file;
    private readonly IParser _parser;
    private int _nodes;

    private PolicyYaml(string file, IParser parser)
    {
        _file = file;
        _parser = parser;
    }

    /// <summary>The document's root.</summary>
    /// <exception cref="PolicyException">It is not YAML of this kind.</exception>
    public static PolicyNode Read(ReadOnlySpan<byte> bytes, string file)
    {
        if (bytes.Length > MaxBytes)
        {
            throw new PolicyException(file, 1, 1, $"the file has {bytes.Length:N0} bytes; a policy may have at most {MaxBytes:N0}");
        }

        var reader = new PolicyYaml(file, new Parser(new Scanner(new StringReader(Decode(bytes, file)))));
        try
        {
            return reader.Document();
        }
        catch (YamlException wrong)
        {
            throw new PolicyException(file, Number(wrong.Start.Line), Number(wrong.Start.Column), $"not valid YAML: {FirstLine(wrong)}", wrong);
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // Some broken collections and tags bring YamlDotNet into a state it has no message for.
            throw reader.Refused(reader._parser.Current, "not valid YAML from here on", wrong);
        }
    }

    private static string Decode(ReadOnlySpan<byte> bytes, string file)
    {
        try
        {
            return s_strict.GetString(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);
        }
        catch (DecoderFallbackException wrong)
        {
            var before = bytes[..Math.Max(0, wrong.Index)];
            throw new PolicyException(
                file, before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'), "the file is not UTF-8", wrong);
        }
    }

    private PolicyNode Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            throw new PolicyException(_file, 1, 1, "the file is empty; its first line must be 'version: 1'");
        }

        _parser.Consume<DocumentStart>();
        var root = Node(depth: 0);
        _parser.Consume<DocumentEnd>();
        return _parser.Accept<DocumentStart>(out var second)
            ? throw Refused(second, "a policy is one YAML document, and a second one starts here")
            : root;
    }

    private PolicyNode Node(int depth)
    {
        if (++_nodes > MaxNodes || depth > MaxDepth)
        {
            throw Refused(_parser.Current, depth > MaxDepth ? "nested too deeply" : $"a policy may have at most {MaxNodes:N0} values");
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            throw Refused(alias, "aliases ('*name') are not read in a policy; write the value out");
        }

        if (_parser.Current is NodeEvent node)
        {
            RefuseAnchorAndTag(node);
        }

        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            return Value(scalar);
        }

        if (_parser.TryConsume<SequenceStart>(out var sequence))
        {
            return Items(sequence, depth);
        }

        return Entries(_parser.Consume<MappingStart>(), depth);
    }

    private PolicyNode.Sequence Items(SequenceStart start, int depth)
    {
        var items = ImmutableArray.CreateBuilder<PolicyNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        return new(items.ToImmutable(), Number(start.Start.Line), Number(start.Start.Column));
    }

    private PolicyNode.Mapping Entries(MappingStart start, int depth)
    {
        var entries = ImmutableArray.CreateBuilder<(PolicyNode.Scalar, PolicyNode)>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (Node(depth + 1) is not PolicyNode.Scalar key)
            {
                throw Refused(start, "a key must be a plain word");
            }

            if (!keys.Add(key.Text))
            {
                throw new PolicyException(_file, key.Line, key.Column, $"'{Quotable(key.Text)}' is given twice");
            }

            entries.Add((key, Node(depth + 1)));
        }

        return new(entries.ToImmutable(), Number(start.Start.Line), Number(start.Start.Column));
    }

    private void RefuseAnchorAndTag(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
        {
            throw Refused(node, "anchors ('&name') are not read in a policy; write the value out");
        }

        if (!node.Tag.IsEmpty)
        {
            throw Refused(node, "tags ('!name') are not read in a policy");
        }
    }

    private static PolicyNode.Scalar Value(Scalar scalar) =>
        new(scalar.Value, scalar.Style == ScalarStyle.Plain, Number(scalar.Start.Line), Number(scalar.Start.Column));

    /// <summary>Text from the file, bounded and without control characters, to be shown in a message.</summary>
    public static string Quotable(string text)
    {
        var clean = new string([.. text.Take(60).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c)]);
        return text.Length > 60 ? clean + "…" : clean;
    }

    private PolicyException Refused(ParsingEvent? at, string problem, Exception? cause = null) =>
        new(_file, Number(at?.Start.Line ?? 1), Number(at?.Start.Column ?? 1), problem, cause);

    private static int Number(long mark) => (int)Math.Clamp(mark, 1, int.MaxValue);

    private static string FirstLine(YamlException wrong)
    {
        var message = wrong.Message.AsSpan();
        var end = message.IndexOfAny('\r', '\n');
        return Quotable((end < 0 ? message : message[..end]).ToString()).TrimEnd('.');
    }
}
