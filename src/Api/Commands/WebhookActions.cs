using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Api.Data;
using Api.Hosting;
using Api.Http.Guarded;
using Api.Http.Signing;
using Api.Live;
using Api.Reading;
using Api.Webhooks;

namespace Api.Commands;

/// <summary>What the commands of <c>webhook</c> do.</summary>
internal sealed partial class WebhookActions(ContentDatabase content, WebhookPrinter printer)
{
    private const int LongestName = 100;

    private static readonly TimeSpan MostOverlap = TimeSpan.FromDays(30);

    private static readonly string[] InstantFormats =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    private readonly WebhookRepository webhooks = new(content);

    /// <summary>Runs an action on the database of this installation.</summary>
    /// <returns>Exit code.</returns>
    public static async Task<int> Run(bool json, Func<WebhookActions, Task<int>> action, CancellationToken cancel)
    {
        var builder = ApiHost.CreateBuilder();
        await using var server = await ContentServer.Open(builder.Configuration, builder.Environment.ContentRootPath, cancel);
        await server.Prepare(server.IsPrivate, cancel);
        await using var content = new ContentDatabase(server.Connections);
        return await action(new WebhookActions(content, new WebhookPrinter(json)));
    }

    public async Task<int> Add(
        string url,
        string? name,
        string[]? resources,
        string[]? topics,
        string signature,
        bool allowPrivate,
        CancellationToken cancel
    )
    {
        if (GuardedUrl.Parse(url, allowPrivate) is not { Url: { } parsed })
            throw new SetupException(GuardedUrl.Parse(url, allowPrivate).Error!);
        if (name?.Length is 0 or > LongestName)
            throw new SetupException($"--name takes 1 to {LongestName} characters.");
        await CheckName(parsed, allowPrivate, cancel);
        var key = SigningKey.New(signature);
        var webhook = new NewWebhook
        {
            Id = "wh_" + RandomNumberGenerator.GetString("0123456789abcdefghjkmnpqrstvwxyz", 12),
            Name = name,
            Url = url,
            Resources = Resources(resources),
            Topics = await Topics(topics, cancel),
            Signature = signature,
            Secret = key.Secret,
            AllowPrivate = allowPrivate,
            Token = (await webhooks.Newest(cancel)).ToString(),
        };
        await webhooks.Add(webhook, cancel);
        printer.Key(webhook.Id, signature, key);
        return 0;
    }

    public async Task<int> List(CancellationToken cancel)
    {
        printer.List(await webhooks.List(null, cancel));
        return 0;
    }

    public async Task<int> Test(string id, CancellationToken cancel)
    {
        var webhook = await webhooks.Find(id, cancel) ?? throw Unknown(id);
        using var http = new GuardedHttp();
        var clock = TimeProvider.System;
        var messageId = WebhookMessage.TestId(id);
        var result = await new WebhookPost(http, clock).Send(webhook, messageId, WebhookMessage.OfTest(id, clock.GetUtcNow()).Body, cancel);
        await webhooks.LogTest(id, messageId, result, cancel);
        printer.Test(messageId, result);
        return result.IsAcknowledged ? 0 : 1;
    }

    public async Task<int> Rotate(string id, string overlap, CancellationToken cancel)
    {
        var time = Duration(overlap) ?? throw new SetupException("--overlap takes a time such as 0, 90m, 24h or 7d, and 30d at the most.");
        if (await webhooks.List(id, cancel) is not [var webhook])
            throw Unknown(id);
        var key = SigningKey.New(webhook.Signature);
        if (!await webhooks.Rotate(id, key.Secret, time, cancel))
            throw Unknown(id);
        printer.Key(id, webhook.Signature, key);
        return 0;
    }

    public async Task<int> Enable(string id, CancellationToken cancel)
    {
        if (!await webhooks.Enable(id, cancel))
            throw Unknown(id);
        printer.Done(id, "enabled", "It goes on where it stopped.");
        return 0;
    }

    public async Task<int> Replay(string id, string since, CancellationToken cancel)
    {
        var token = await Position(since, cancel);
        if (!await webhooks.Replay(id, token, cancel))
            throw Unknown(id);
        var isDisabled = (await webhooks.List(id, cancel)) is [{ DisabledAt: not null }];
        printer.Done(
            id,
            "replaying",
            $"It goes on from {token}.{(isDisabled ? " It is disabled: nothing is sent before 'webhook enable'." : "")}",
            ("token", token.ToString())
        );
        return 0;
    }

    public async Task<int> Log(string id, bool failed, int limit, CancellationToken cancel)
    {
        if (await webhooks.List(id, cancel) is not [_])
            throw Unknown(id);
        printer.Log(await webhooks.Log(id, failed, limit, cancel));
        return 0;
    }

    public async Task<int> Remove(string id, CancellationToken cancel)
    {
        if (!await webhooks.Remove(id, cancel))
            throw Unknown(id);
        printer.Done(id, "removed", "It is removed, with its log.");
        return 0;
    }

    /// <summary>Parses a time such as <c>90m</c>, <c>24h</c>, <c>7d</c> or <c>0</c>, at most 30 days; else null. Pure.</summary>
    public static TimeSpan? Duration(string text)
    {
        if (text == "0")
            return TimeSpan.Zero;
        if (Number().Match(text) is not { Success: true } match)
            return null;
        var number = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        var time = match.Groups[2].Value switch
        {
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            _ => TimeSpan.FromDays(number),
        };
        return time <= MostOverlap ? time : null;
    }

    private static SetupException Unknown(string id) => new($"There is no webhook '{id}'. 'webhook list' shows the ids.");

    // A name may get its address later, but one with an address that is refused would never work.
    private static async Task CheckName(Uri url, bool allowPrivate, CancellationToken cancel)
    {
        using var http = new GuardedHttp();
        try
        {
            await http.Addresses(url.IdnHost, allowPrivate, cancel);
        }
        catch (RefusedAddressException e)
        {
            throw new SetupException(GuardedUrl.Refused(url.IdnHost, allowPrivate), e);
        }
        catch (SocketException)
        {
            await Console.Error.WriteLineAsync($"{url.IdnHost} has no address at present. The webhook is added all the same.");
        }
    }

    private static string[]? Resources(string[]? given)
    {
        string[] known = [.. ItemReader.Resources.Order(StringComparer.Ordinal), "redirect"];
        return given?.FirstOrDefault(resource => !known.Contains(resource)) is { } unknown
                ? throw new SetupException(
                    $"'{unknown}' is no resource. --resource takes {string.Join(", ", known)}, with commas between them."
                )
            : given is { Length: > 0 } ? [.. given.Distinct().Order(StringComparer.Ordinal)]
            : null;
    }

    private async Task<int[]?> Topics(string[]? slugs, CancellationToken cancel)
    {
        if (slugs is not { Length: > 0 })
            return null;
        var found = await webhooks.Topics(slugs, cancel);
        return slugs.FirstOrDefault(slug => !found.ContainsKey(slug)) is { } unknown
            ? throw new SetupException(
                $"There is no topic '{unknown}'. --topic takes slugs, as /v1/topics lists them, with commas between them."
            )
            : [.. found.Values.Order()];
    }

    private async Task<ChangeToken> Position(string since, CancellationToken cancel)
    {
        if (ChangeToken.Read(since) is { } token)
            return await webhooks.Has(token, cancel)
                ? token
                : throw new SetupException(
                    $"The token '{since}' is not of this content. Tokens are in events, in /v1/changes and in 'webhook list'."
                );
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTime.TryParseExact(since, InstantFormats, CultureInfo.InvariantCulture, utc, out var instant))
            throw new SetupException($"'{since}' is neither a token nor a time such as 2026-11-28T14:00:00Z.");
        return await webhooks.At(instant, cancel)
            ?? throw new SetupException("Events are kept for seven days, and none is as old as that. Give a later time.");
    }

    [GeneratedRegex(@"^([0-9]{1,7})([smhd])\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
