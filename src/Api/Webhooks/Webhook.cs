using Api.Http.Signing;
using Api.Live;

namespace Api.Webhooks;

/// <summary>A row of <c>content.webhooks</c>, as the sender reads it.</summary>
internal sealed record Webhook
{
    /// <summary>Why it is disabled: the receiver answered 410.</summary>
    public const string Gone = "gone";

    /// <summary>Why it is disabled: the last try failed.</summary>
    public const string Failed = "failed";

    /// <summary>The columns, with <c>w</c> for the table. Times are seconds from now by the clock of the database.</summary>
    public const string Columns = """
        w.id, w.url, w.resources,
               case when w.topics is not null then coalesce((select array_agg(k.key order by k.key) from content.keys k where k.kind = 'topic' and k.value_id = any(w.topics)), '{}') end as topics,
               w.secret, case when w.old_until > clock_timestamp() then w.old_secret end as old_secret, w.allow_private, w.token, w.pending_token, w.pending_type, w.tries, w.waits,
               extract(epoch from w.next_try - clock_timestamp())::double precision as next_try,
               extract(epoch from greatest(w.not_before, w.tried_at + interval '1 minute') - clock_timestamp())::double precision as early_try
        """;

    public string Id { get; init; } = "";
    public string Url { get; init; } = "";
    public string[]? Resources { get; init; }

    /// <summary>Keys of the read model; null for all topics.</summary>
    public int[]? Topics { get; init; }
    public string Secret { get; init; } = "";
    public string? OldSecret { get; init; }
    public bool AllowPrivate { get; init; }
    public string Token { get; init; } = "";
    public string? PendingToken { get; init; }
    public string? PendingType { get; init; }
    public int Tries { get; init; }
    public int Waits { get; init; }
    public double? NextTry { get; init; }

    /// <summary>From when on a new event may bring the next try forward.</summary>
    public double? EarlyTry { get; init; }

    /// <summary>Where it goes on.</summary>
    public ChangeToken Since => ChangeToken.Read(Token) ?? ChangeToken.Start;

    /// <summary>Where it goes on once the present message is acknowledged; null without one.</summary>
    public ChangeToken? Pending => PendingToken is null ? null : ChangeToken.Read(PendingToken);

    /// <summary>Which changes it is told.</summary>
    public EventScope Scope => new(Resources, Topics, null);

    /// <summary>The header <c>webhook-signature</c>: with the new key first, and during an overlap with the old one.</summary>
    public string Sign(string id, string timestamp, ReadOnlySpan<byte> body)
    {
        var signature = Key(Secret).Sign(id, timestamp, body);
        return OldSecret is null ? signature : $"{signature} {Key(OldSecret).Sign(id, timestamp, body)}";
    }

    private static SigningKey Key(string secret) =>
        SigningKey.Parse(secret) ?? throw new InvalidOperationException("A stored secret of a webhook is none.");
}
