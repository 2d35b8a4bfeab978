using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Api.Data;
using Api.Http.Keys;
using Npgsql;

namespace Api.Keys;

/// <summary>What the commands of <c>key</c> do. The key alone goes to standard output, so that a script can take it.</summary>
internal sealed partial class KeyActions(ContentDatabase content)
{
    private const int LongestName = 100;
    private const int MostPerMinute = 1_000_000;
    private const int MostTopics = 100;
    private const int MostDays = 36_500;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly KeyRepository keys = new(content);

    public async Task<int> Create(string name, string scope, string[] topics, string expires, int perMinute, CancellationToken cancel)
    {
        if (name.Trim().Length is 0 or > LongestName || name.Any(char.IsControl))
            throw new SetupException($"--name takes 1 to {LongestName} characters.");
        if (perMinute is < 1 or > MostPerMinute)
            throw new SetupException($"--per-minute takes a number from 1 to {MostPerMinute}.");
        if (scope == GrantedKey.EarlyScope != topics.Length > 0)
            throw new SetupException(
                scope == GrantedKey.EarlyScope
                    ? "--scope early needs --topic: the slugs of the topics, with commas between them."
                    : "--topic goes with --scope early only: a key of scope preview sees all topics."
            );
        var end = End(expires, TimeProvider.System.GetUtcNow().UtcDateTime);
        var key = ApiKey.New();
        var row = new StoredKey
        {
            Id = key.Id,
            Name = name.Trim(),
            Scope = scope,
            Topics = await Topics(topics, cancel),
            PerMinute = perMinute,
            Hash = key.Hash,
            ExpiresAt = end,
        };
        try
        {
            if (!await keys.Add(row, cancel))
                throw new SetupException($"There are {KeyRepository.Most} keys already, which is the most.");
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new SetupException($"There is a key '{row.Name}' already. Choose another name, or revoke that key first.", e);
        }
        await Console.Error.WriteLineAsync(
            $"The key {key.Id} ({scope}) {(end is { } at ? $"ends at {Time(at)}" : "does not end")}. It is not shown again."
        );
        Console.WriteLine(key.Text);
        return 0;
    }

    public async Task<int> List(bool json, CancellationToken cancel)
    {
        var all = await keys.All(cancel);
        var names = (await keys.Topics([], [.. all.SelectMany(key => key.Topics ?? []).Distinct()], cancel)).ToDictionary(
            topic => topic.ItemId,
            topic => topic.Slug
        );
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        if (json)
            Console.WriteLine(new JsonArray([.. all.Select(key => Node(key, names, now))]).ToJsonString(Indented));
        else if (all.Count == 0)
            Console.WriteLine("There is no key. 'key create' makes one.");
        else
            foreach (var key in all)
                Console.WriteLine(
                    $"{key.Id}  {State(key, now), -7}  {key.Scope, -7}  {key.Name}{(key.Topics is { } topics ? $" ({string.Join(", ", Slugs(topics, names))})" : "")}, "
                        + $"{key.PerMinute} a minute, {(key.ExpiresAt is { } end ? $"until {Time(end)}" : "without end")}, {(key.LastUsedAt is { } used ? $"last used {Time(used)}" : "not used")}"
                );
        return 0;
    }

    public async Task<int> Revoke(string key, CancellationToken cancel)
    {
        var id =
            await keys.Revoke(key, cancel)
            ?? throw new SetupException($"There is no key '{ApiKey.RemoveFrom(key)}' that is not revoked. 'key list' shows ids and names.");
        await Console.Error.WriteLineAsync($"The key {id} is revoked. Within five seconds no node takes it.");
        return 0;
    }

    /// <summary>When a key ends (UTC), null for never. Pure.</summary>
    /// <param name="text">Days such as <c>365d</c>, a date whose end it is (UTC), or <c>never</c>.</param>
    /// <param name="now">The time (UTC).</param>
    /// <exception cref="SetupException">It is neither, or is over.</exception>
    public static DateTime? End(string text, DateTime now)
    {
        if (text == "never")
            return null;
        if (
            Days().Match(text) is { Success: true } days
            && int.Parse(days.Groups[1].Value, CultureInfo.InvariantCulture) is >= 1 and <= MostDays and var count
        )
            return now.AddDays(count);
        if (
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date.Year < 9_000
            && date.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) is var end
            && end > now
        )
            return end;
        throw new SetupException("--expires takes days such as 365d, a date to come such as 2027-06-30, or never.");
    }

    private async Task<int[]?> Topics(string[] slugs, CancellationToken cancel)
    {
        if (slugs.Length == 0)
            return null;
        if (slugs.Length > MostTopics)
            throw new SetupException($"--topic takes {MostTopics} topics at most.");
        var found = await keys.Topics(slugs, [], cancel);
        return slugs.FirstOrDefault(slug => found.All(topic => topic.Slug != slug)) is { } unknown
            ? throw new SetupException(
                $"There is no topic '{unknown}'. --topic takes slugs, as /v1/topics lists them, with commas between them."
            )
            : [.. found.Select(topic => topic.ItemId)];
    }

    private static string State(StoredKey key, DateTime now) =>
        key.RevokedAt is not null ? "revoked"
        : key.ExpiresAt <= now ? "expired"
        : "valid";

    private static JsonObject Node(StoredKey key, Dictionary<int, string> names, DateTime now) =>
        new()
        {
            ["id"] = key.Id,
            ["name"] = key.Name,
            ["scope"] = key.Scope,
            ["topics"] = key.Topics is { } topics ? new JsonArray([.. Slugs(topics, names).Select(slug => JsonValue.Create(slug))]) : null,
            ["perMinute"] = key.PerMinute,
            ["state"] = State(key, now),
            ["createdAt"] = key.CreatedAt,
            ["expiresAt"] = key.ExpiresAt,
            ["revokedAt"] = key.RevokedAt,
            ["lastUsedAt"] = key.LastUsedAt,
        };

    private static IEnumerable<string> Slugs(int[] topics, Dictionary<int, string> names) =>
        topics.Where(names.ContainsKey).Select(topic => names[topic]).Order(StringComparer.Ordinal);

    private static string Time(DateTime at) => at.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^([0-9]{1,5})d\z", RegexOptions.CultureInvariant)]
    private static partial Regex Days();
}
