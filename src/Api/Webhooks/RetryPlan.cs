namespace Api.Webhooks;

/// <summary>When a message is tried again. Pure.</summary>
internal static class RetryPlan
{
    /// <summary>The most that <c>Retry-After</c> can ask for.</summary>
    public static readonly TimeSpan MostAsked = TimeSpan.FromHours(1);

    /// <summary>A new event does not bring a try nearer to the last one than this.</summary>
    public static readonly TimeSpan BetweenEarlyTries = TimeSpan.FromMinutes(1);

    private const double Spread = 0.2;

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(4),
        TimeSpan.FromHours(8),
        TimeSpan.FromHours(8),
    ];

    /// <summary>The most tries of a message, apart from early ones.</summary>
    public static int MostTries => Waits.Length + 1;

    /// <summary>What follows from a try.</summary>
    /// <param name="waits">The pauses of the plan that have begun for this message.</param>
    /// <param name="isEarly">Whether a new event brought the try forward. Such a try does not count, or the plan would end early.</param>
    /// <param name="result">The result of the try.</param>
    /// <param name="random">Spreads the tries of several receivers: from 0 to 1.</param>
    public static Outcome After(int waits, bool isEarly, TryResult result, double random)
    {
        if (result.IsAcknowledged)
            return new Outcome { IsAcknowledged = true };
        if (result.Status == StatusCodes.Status410Gone)
            return new Outcome { Disabled = Webhook.Gone, Waits = waits };
        var asked = result.RetryAfter is { } after ? TimeSpan.FromTicks(Math.Clamp(after.Ticks, 0, MostAsked.Ticks)) : (TimeSpan?)null;
        if (isEarly)
            return new Outcome { Waits = waits, NotBefore = asked };
        if (waits == Waits.Length)
            return new Outcome { Disabled = Webhook.Failed, Waits = waits };
        var planned = Waits[waits] * (1 - Spread + (2 * Spread * random));
        return new Outcome
        {
            Waits = waits + 1,
            NextTry = asked > planned ? asked.Value : planned,
            NotBefore = asked,
        };
    }
}

/// <summary>What follows from a try of a message.</summary>
internal sealed record Outcome
{
    /// <summary>Whether the receiver has the message.</summary>
    public bool IsAcknowledged { get; init; }

    /// <summary>Why the webhook is disabled; null when it is not.</summary>
    public string? Disabled { get; init; }

    /// <summary>The pauses of the plan that have begun.</summary>
    public int Waits { get; init; }

    /// <summary>The time to the next try; null: it stays when it was.</summary>
    public TimeSpan? NextTry { get; init; }

    /// <summary>The time for which the receiver asked to be left alone; null for none.</summary>
    public TimeSpan? NotBefore { get; init; }
}
