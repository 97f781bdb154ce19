using System.ComponentModel;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Airworthy.Journeys;
using Airworthy.Journeys.Agents;
using Airworthy.Model;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Airworthy.Server.Mcp;

/// <summary>
/// What agents may ask by the Model Context Protocol, over stdio and HTTP alike. Every tool only reads. An answer is one small JSON text; what
/// in it is not Airworthy's own stands in <see cref="Quote"/>s.
/// </summary>
public sealed class AgentTools(IAgentSource source, TimeProvider time)
{
    private const string Instructions =
        "Airworthy knows which lines AI agents wrote, how they do in production, what broke and which change did it. "
        + "Before you change a file ask rules_for_paths and known_of_code; before you say that a change is done ask judge_change. "
        + Quote.Note;

    private const string RepositoryAsked = "The repository's name; only needed where the server reads several.";
    private const string CursorAsked = "'next' of the answer before, for the next page.";
    private const string PathAsked = "A file, from the repository's top.";

    private static readonly JsonSerializerOptions s_json = Json();

    /// <summary>How an MCP server of these tools is set up.</summary>
    public void Configure(McpServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ServerInfo = new Implementation { Name = "airworthy", Version = typeof(AgentTools).Assembly.GetName().Version!.ToString(3) };
        options.ServerInstructions = Instructions;
        options.ToolCollection = [.. typeof(AgentTools)
            .GetMethods()
            .Where(method => method.GetCustomAttribute<McpServerToolAttribute>() is not null)
            .Select(method => McpServerTool.Create(method, this))];
        options.Filters.Request.CallToolFilters.Add(next => (request, cancel) => Unfit(request) is { } sentence
            ? ValueTask.FromResult(Told(new { Error = Quote.Of(sentence) }, isError: true))
            : next(request, cancel));
    }

    [McpServerTool(Name = "known_of_code", Title = "What is known of a file or function", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("Who wrote a file's lines and functions (agents, people, unknown), what production showed of them, which incidents went through it, what they taught, and what is not known.")]
    public Task<CallToolResult> KnownOfCodeAsync(
        [Description(PathAsked)] string path,
        [Description("A function's name or a part of it; leave it out for the whole file.")] string? symbol = null,
        [Description("A commit, branch or tag; HEAD when left out.")] string? revision = null,
        [Description(RepositoryAsked)] string? repository = null,
        [Description(CursorAsked)] string? cursor = null,
        CancellationToken cancel = default) =>
        AnswerAsync(() => new KnownOfCode(source, time).AnswerAsync(path, symbol, revision, repository, cursor, cancel));

    [McpServerTool(Name = "rules_for_paths", Title = "Rules for these paths", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("The rules that hold for files you are about to change: what incidents there taught, with the test or gate that guards it, and what the policy asks of an agent's change.")]
    public Task<CallToolResult> RulesForPathsAsync(
        [Description("Files or folders, from the repository's top.")] string[] paths,
        [Description(RepositoryAsked)] string? repository = null,
        [Description(CursorAsked)] string? cursor = null,
        CancellationToken cancel = default) =>
        AnswerAsync(() => new RulesForPaths(source, time).AnswerAsync(paths, repository, cursor, cancel));

    [McpServerTool(Name = "judge_change", Title = "What the gate would say of this change", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("What the merge gate would say of a diff that is not committed yet, or of commits: verdict, the functions that do not pass, the evidence they lack, risks in the changed lines, and the commands that get what is missing.")]
    public Task<CallToolResult> JudgeChangeAsync(
        [Description("The output of 'git diff HEAD' to judge; leave it out to judge commits.")] string? diff = null,
        [Description("What the change lands on. For commits the main branch when left out, for a diff HEAD.")] string? @base = null,
        [Description("The change's last commit; HEAD when left out. Not together with 'diff'.")] string? head = null,
        [Description(RepositoryAsked)] string? repository = null,
        [Description(CursorAsked)] string? cursor = null,
        CancellationToken cancel = default) =>
        AnswerAsync(() => new GateOpinion(source, time).AnswerAsync(@base, head, diff, repository, cursor, cancel));

    [McpServerTool(Name = "why_incident", Title = "Why this incident", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("Which change is behind an incident and why, or why that can't be told; its trace, what it taught, and the command that proves it.")]
    public Task<CallToolResult> WhyIncidentAsync(
        [Description("The incident's id, as recent_incidents and known_of_code give it.")] string id,
        [Description(CursorAsked)] string? cursor = null,
        CancellationToken cancel = default) =>
        AnswerAsync(() => new WhyIncident(source, time).AnswerAsync(id, cursor, cancel));

    [McpServerTool(Name = "recent_incidents", Title = "What broke", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("What broke in production, the one seen last first.")]
    public Task<CallToolResult> RecentIncidentsAsync(
        [Description("Only of this service.")] string? service = null,
        [Description(CursorAsked)] string? cursor = null,
        CancellationToken cancel = default) =>
        AnswerAsync(() => new WhyIncident(source, time).ListAsync(service, cursor, cancel));

    /// <summary>What is wrong with a call's arguments, in a sentence: the SDK only says that an error occurred.</summary>
    private static string? Unfit(RequestContext<CallToolRequestParams> request)
    {
        if (request.MatchedPrimitive is not McpServerTool { ProtocolTool.InputSchema: var schema } || !schema.TryGetProperty("properties", out var known))
        {
            return null;
        }

        var given = request.Params?.Arguments ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var missing = schema.TryGetProperty("required", out var required)
            ? required.EnumerateArray().Select(name => name.GetString()!).FirstOrDefault(name => !given.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
            : null;
        if (missing is not null)
        {
            return $"the argument '{missing}' is missing";
        }

        var wrong = given.FirstOrDefault(argument => known.TryGetProperty(argument.Key, out var asked) && !Fits(argument.Value, isList: asked.GetProperty("type").ToString() == "array")).Key;
        return wrong is null ? null : $"the argument '{wrong}' is not of the type that the tool's input schema asks for";
    }

    private static bool Fits(JsonElement value, bool isList) => isList
        ? value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
        : value.ValueKind is JsonValueKind.String or JsonValueKind.Null;

    /// <summary>An answer as JSON; an expected failure as a sentence that the agent can act on.</summary>
    private static async Task<CallToolResult> AnswerAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return Told(await ask(), isError: false);
        }
        catch (FaultException fault)
        {
            return Told(new { Error = Quote.Of(fault.Message, 500) }, isError: true);
        }
    }

    // A '<' only occurs inside of strings: escaped, no quotation can close a tag that a client wraps answers in.
    private static CallToolResult Told<T>(T answer, bool isError) => new()
    {
        IsError = isError,
        Content = [new TextContentBlock { Text = JsonSerializer.Serialize(answer, s_json).Replace("<", "\\u003C", StringComparison.Ordinal) }],
    };

    private static JsonSerializerOptions Json()
    {
        var options = new JsonSerializerOptions(AirworthyJson.Compact)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.MakeReadOnly();
        return options;
    }
}
