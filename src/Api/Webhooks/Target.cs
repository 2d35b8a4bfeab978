using Api.Live;

namespace Api.Webhooks;

/// <summary>A webhook, as the sender keeps it in memory.</summary>
internal sealed class Target(TimeProvider clock)
{
    // Timestamps of the clock: the planned next try, and from when on a new event may bring it forward.
    private long plannedAt;
    private long earlyAt;

    /// <summary>Its row.</summary>
    public Webhook Webhook { get; private set; } = new();

    /// <summary>Whether a try is under way, or its result is not stored yet.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Whether a new event brought the next or present try forward.</summary>
    public bool IsEarly { get; private set; }

    /// <summary>The newest event of which it is known that it changes nothing here; null for none.</summary>
    public ChangeToken? Seen { get; set; }

    /// <summary>The time until the next try of the present message; null without a message.</summary>
    public TimeSpan? Left => Webhook.PendingToken is null ? null : clock.GetElapsedTime(clock.GetTimestamp(), DueAt);

    private long DueAt => IsEarly ? Math.Min(plannedAt, earlyAt) : plannedAt;

    /// <summary>Whether an event would bring the next try forward.</summary>
    /// <param name="newest">The newest event.</param>
    public bool MayBeEarlier(ChangeToken newest) => !IsEarly && Seen != newest && earlyAt < plannedAt;

    /// <summary>A new event brings the next try forward.</summary>
    public void BringForward() => IsEarly = true;

    /// <summary>Takes what is stored. During a try it may be out of date.</summary>
    /// <param name="row">The row.</param>
    /// <param name="newest">The newest event: of those before, none brings a try forward.</param>
    public void Take(Webhook row, ChangeToken? newest)
    {
        if (IsBusy)
            return;
        if (row.Token != Webhook.Token || row.PendingToken != Webhook.PendingToken)
        {
            IsEarly = false;
            Seen = row.PendingToken is null ? null : newest;
        }
        Webhook = row;
        plannedAt = In(row.NextTry);
        earlyAt = In(row.EarlyTry);
    }

    /// <summary>There was nothing to tell up to a position.</summary>
    /// <param name="token">The position.</param>
    /// <param name="newest">The newest event.</param>
    public void Skip(ChangeToken token, ChangeToken newest)
    {
        Webhook = Continued(token.ToString());
        Seen = Webhook.Since == newest ? newest : null;
    }

    /// <summary>A try begins.</summary>
    /// <param name="row">The row, with the message.</param>
    /// <param name="newest">The newest event.</param>
    public void Begin(Webhook row, ChangeToken newest)
    {
        Webhook = row;
        Seen = newest;
        IsBusy = true;
        IsEarly &= clock.GetTimestamp() < plannedAt;
    }

    /// <summary>A try has ended, and its result is stored.</summary>
    public void End(Finished finished)
    {
        var outcome = finished.Outcome;
        IsBusy = false;
        IsEarly = false;
        if (outcome.IsAcknowledged)
        {
            Webhook = Continued(Webhook.PendingToken!);
            Seen = null;
            return;
        }
        Webhook = Webhook with { Tries = Webhook.Tries + 1, Waits = outcome.Waits };
        earlyAt = Math.Max(In(outcome.NotBefore?.TotalSeconds), In(RetryPlan.BetweenEarlyTries.TotalSeconds));
        plannedAt = Math.Max(outcome.NextTry is { } next ? In(next.TotalSeconds) : plannedAt, In(outcome.NotBefore?.TotalSeconds));
    }

    private Webhook Continued(string token) =>
        Webhook with
        {
            Token = token,
            PendingToken = null,
            PendingType = null,
            Tries = 0,
            Waits = 0,
        };

    private long In(double? seconds) => clock.GetTimestamp() + (long)((seconds ?? 0) * clock.TimestampFrequency);
}
