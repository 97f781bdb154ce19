using System.Globalization;
using Airworthy.Model;
using Airworthy.Telemetry.Protos;
using Airworthy.Telemetry.Reduction;
using Google.Protobuf;
using static Airworthy.Telemetry.Protos.Span.Types;

namespace Airworthy.Telemetry.Workflows;

/// <summary>Reads the steps that a span is in its workflow. See docs/design/workflows.md for what is kept.</summary>
internal static class StepReader
{
    private const int MostMarks = 8;
    private static readonly string[] s_methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY"];
    private static readonly string[] s_choices = [".kind", ".type", ".mode", ".state", ".outcome"];

    /// <summary>Adds the steps of <paramref name="span"/> to those of its trace.</summary>
    public static void Read(Span span, ObservedLocation? location, ICollection<WorkflowStep> steps)
    {
        var isEntry = span.Kind is SpanKind.Server or SpanKind.Consumer;
        var isOutward = span.Kind is SpanKind.Client or SpanKind.Producer;
        var hasCode = location is not null && (location.Function ?? location.File) is not null;
        if (!isEntry && !isOutward && !hasCode)
        {
            return;
        }

        var marks = Marks(span);
        if (isEntry)
        {
            steps.Add(new WorkflowStep(WorkflowStepKind.Entry, Entry(span), marks, File: null));
        }

        if (isOutward)
        {
            steps.Add(new WorkflowStep(WorkflowStepKind.Outward, Outward(span), marks, File: null));
        }

        if (hasCode)
        {
            steps.Add(new WorkflowStep(WorkflowStepKind.Unit, location!.Function ?? location.File!, marks, location.File));
        }

        var language = SentText.Text(span.Attributes, "culture"u8) ?? (isEntry ? Language(span) : null);
        if (language is not null && StepText.Culture(language) is { } culture)
        {
            steps.Add(new WorkflowStep(WorkflowStepKind.Culture, culture, "", File: null));
        }

        var flags = SpanFacts.FlagVariant(span);
        if (flags.Length > 0)
        {
            foreach (var flag in flags.Split(','))
            {
                steps.Add(new WorkflowStep(WorkflowStepKind.Flag, flag, "", File: null));
            }
        }
    }

    /// <summary>True when attributes of a span or of its sender say that a test made it.</summary>
    public static bool IsTest(Google.Protobuf.Collections.RepeatedField<KeyValue>? attributes) =>
        SentText.Find(attributes, "test.case.name"u8) is not null
        || SentText.Find(attributes, "test.suite.name"u8) is not null
        || SentText.Find(attributes, "cicd.pipeline.run.id"u8) is not null;

    private static string Entry(Span span)
    {
        if (SentText.Text(span.Attributes, "messaging.destination.name"u8) is { } destination)
        {
            return $"{SentText.Text(span.Attributes, "messaging.system"u8) ?? "message"} {Destination(span, destination)}";
        }

        // A name made of the path may hold ids; a route holds none.
        return SentText.Text(span.Attributes, "http.route"u8) is { } route
            ? $"{Method(span)} {route}"
            : StepText.WithoutIds(SentText.Decode(span.Name) ?? "unnamed");
    }

    private static string Outward(Span span)
    {
        if (SentText.Text(span.Attributes, "db.system.name"u8, "db.system"u8) is { } database)
        {
            var operation = SentText.Text(span.Attributes, "db.operation.name"u8, "db.operation"u8) ?? "query";
            return $"{StepText.WithoutIds(database)} {StepText.WithoutIds(operation)}";
        }

        if (SentText.Text(span.Attributes, "messaging.destination.name"u8) is { } destination)
        {
            return $"{SentText.Text(span.Attributes, "messaging.system"u8) ?? "message"} {Destination(span, destination)}";
        }

        return SentText.Text(span.Attributes, "server.address"u8, "net.peer.name"u8) is { } address
            ? $"{Method(span)} {StepText.WithoutIds(address)}"
            : StepText.WithoutIds(SentText.Decode(span.Name) ?? "unnamed");
    }

    private static string Destination(Span span, string name) =>
        SentText.Text(span.Attributes, "messaging.destination.template"u8) ?? StepText.WithoutIds(name);

    private static string Method(Span span) =>
        SentText.Text(span.Attributes, "http.request.method"u8, "http.method"u8) is { } method
            ? s_methods.FirstOrDefault(known => known.Equals(method, StringComparison.OrdinalIgnoreCase)) ?? "_OTHER"
            : "CALL";

    private static string? Language(Span span) =>
        SentText.First(span.Attributes, "http.request.header.accept-language"u8)
        ?? SentText.First(span.Attributes, "http.request.header.accept_language"u8);

    /// <summary>What tells one way through a step from another, sorted.</summary>
    private static string Marks(Span span)
    {
        SortedSet<string>? marks = null;
        foreach (var attribute in span.Attributes)
        {
            if (Choice(attribute) is { } choice && (marks?.Count ?? 0) < MostMarks)
            {
                (marks ??= new SortedSet<string>(StringComparer.Ordinal)).Add(choice);
            }
        }

        if (SentText.Integer(span.Attributes, "http.response.status_code"u8, "http.status_code"u8) is { } status and >= 100 and < 600)
        {
            (marks ??= new SortedSet<string>(StringComparer.Ordinal)).Add(string.Create(CultureInfo.InvariantCulture, $"status={status / 100}xx"));
        }

        if (Error(span) is { } error)
        {
            (marks ??= new SortedSet<string>(StringComparer.Ordinal)).Add($"error={error}");
        }

        return marks is null ? "" : string.Join(' ', marks);
    }

    private static string? Error(Span span)
    {
        foreach (var e in span.Events)
        {
            if (SpanFacts.IsException(e))
            {
                return StepText.WithoutIds(SentText.Text(e.Attributes, "exception.type"u8) ?? "exception");
            }
        }

        var type = SentText.Text(span.Attributes, "error.type"u8);
        return type is not null && !type.All(char.IsAsciiDigit) ? StepText.WithoutIds(type) : SpanFacts.IsBad(span) ? "yes" : null;
    }

    /// <summary>A boolean, or a word under a name that enumerations have.</summary>
    private static string? Choice(KeyValue attribute)
    {
        if (attribute.Value is not { } value || attribute.Key.Length > SentText.SenderBytes)
        {
            return null;
        }

        if (value.ValueCase == AnyValue.ValueOneofCase.BoolValue)
        {
            return $"{SentText.Decode(attribute.Key)}={(value.BoolValue ? "true" : "false")}";
        }

        if (value.ValueCase != AnyValue.ValueOneofCase.StringValue || value.StringValue.Length > SentText.SenderBytes || !NamesChoice(attribute.Key))
        {
            return null;
        }

        var key = SentText.Decode(attribute.Key)!;
        return SentText.Decode(value.StringValue) is { } word && StepText.IsWord(word) ? $"{key}={word}" : null;
    }

    private static bool NamesChoice(ByteString key)
    {
        var name = key.Span;
        if (name.SequenceEqual("error.type"u8) || name.SequenceEqual("network.type"u8))
        {
            return false;
        }

        foreach (var ending in s_choices)
        {
            if (name.Length > ending.Length && System.Text.Ascii.Equals(name[^ending.Length..], ending))
            {
                return true;
            }
        }

        return false;
    }
}
