using Api.Live;

namespace Api.Webhooks;

/// <summary>Makes the next messages of webhooks. Those at the same position with the same scope get the same one, made once.</summary>
internal sealed class MessageMaker(ChangeEvents events, TimeProvider clock)
{
    private readonly Dictionary<(string Token, string Scope, string? Pending), (WebhookMessage? Message, ChangeToken Token)> made = [];

    /// <summary>The next message of a webhook, or the one that it has not acknowledged, with its changes as of now.</summary>
    /// <returns>The message, null when there is nothing to tell; and the position of the webhook after it.</returns>
    public async Task<(WebhookMessage? Message, ChangeToken Token)> Next(Webhook webhook, CancellationToken cancel)
    {
        var scope = webhook.Scope;
        var key = (webhook.Token, scope.Name, webhook.PendingToken);
        if (!made.TryGetValue(key, out var known))
            made.Add(key, known = await Make(webhook, scope, cancel));
        return known;
    }

    /// <summary>Whether there is something to tell after the present message.</summary>
    public async Task<bool> HasMore(Webhook webhook, CancellationToken cancel) =>
        webhook.Pending is { } pending && await events.After(pending, webhook.Scope, cancel) is { Event: not null } or { IsResync: true };

    private async Task<(WebhookMessage? Message, ChangeToken Token)> Make(Webhook webhook, EventScope scope, CancellationToken cancel)
    {
        if (webhook is { PendingType: WebhookMessage.Resync, Pending: { } resync })
            return (WebhookMessage.OfResync(resync, clock.GetUtcNow()), resync);
        var step = webhook.Pending is { } upTo
            ? await events.Again(webhook.Since, upTo, scope, cancel)
            : await events.After(webhook.Since, scope, cancel);
        if (step.IsResync)
            return (WebhookMessage.OfResync(step.Token, clock.GetUtcNow()), step.Token);
        return (WebhookMessage.Of(step), step.Token);
    }
}
