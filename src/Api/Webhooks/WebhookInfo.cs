using Api.Http.Signing;

namespace Api.Webhooks;

/// <summary>A webhook as <c>webhook list</c> shows it.</summary>
internal sealed record WebhookInfo
{
    public string Id { get; init; } = "";
    public string? Name { get; init; }
    public string Url { get; init; } = "";

    /// <summary>Null for all.</summary>
    public string[]? Resources { get; init; }

    /// <summary>Slugs; null for all.</summary>
    public string[]? Topics { get; init; }
    public string Signature { get; init; } = "";
    public string Secret { get; init; } = "";

    /// <summary>Until when the secret before signs as well (UTC); null when none does.</summary>
    public DateTime? OldUntil { get; init; }
    public bool AllowPrivate { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime? DisabledAt { get; init; }

    /// <summary><see cref="Webhook.Gone"/> or <see cref="Webhook.Failed"/>; null when it is enabled.</summary>
    public string? DisabledFor { get; init; }
    public string Token { get; init; } = "";

    /// <summary>Tries of the present message that have failed.</summary>
    public int Tries { get; init; }
    public DateTime? NextTry { get; init; }

    /// <summary>The key with which receivers verify signatures; null when that is a secret.</summary>
    public string? PublicKey => Signature == SigningKey.Asymmetric ? SigningKey.Parse(Secret)?.ForReceiver : null;

    /// <summary><c>enabled</c>, <c>failing</c> or <c>disabled</c>.</summary>
    public string State =>
        DisabledAt is not null ? "disabled"
        : Tries > 0 ? "failing"
        : "enabled";
}

/// <summary>A webhook to add.</summary>
internal sealed record NewWebhook
{
    public required string Id { get; init; }
    public required string? Name { get; init; }
    public required string Url { get; init; }
    public required string[]? Resources { get; init; }
    public required int[]? Topics { get; init; }
    public required string Signature { get; init; }
    public required string Secret { get; init; }
    public required bool AllowPrivate { get; init; }
    public required string Token { get; init; }
}

/// <summary>A line of the log.</summary>
internal sealed record LoggedTry
{
    public DateTime At { get; init; }
    public string MessageId { get; init; } = "";
    public string Type { get; init; } = "";
    public int Try { get; init; }

    /// <summary>The status of the answer; null without one.</summary>
    public int? Status { get; init; }

    /// <summary>Why there was no answer; null with one.</summary>
    public string? Failure { get; init; }
    public int Milliseconds { get; init; }
}
