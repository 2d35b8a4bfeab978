using System.Net;
using System.Text.Json.Nodes;
using Api.Data;
using Api.Http.Keys;
using Api.Keys;
using Api.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Api.Tests.Keys;

/// <summary>What an API does with keys that requests bring.</summary>
public class KeyTests(KeyTests.Content api) : IClassFixture<KeyTests.Content>
{
    private static readonly string[] Everywhere =
    [
        "/",
        "/v1",
        "/v1/articles",
        "/v1/articles.rss",
        "/v1/articles/no-such-article",
        "/v1/articles?nonsense=1",
        "/v1/changes/stream",
        "/v1/snapshot",
        "/openapi/v1.json",
        "/swagger/index.html",
        "/problems",
        "/healthz",
        "/nowhere",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private KeyRepository Keys => new(api.ContentDatabase);

    [Fact]
    public async Task Without_preview_an_answer_to_a_key_is_the_public_one_and_nothing_keeps_it()
    {
        var key = await Add();
        foreach (
            var path in new[]
            {
                "/v1/articles?limit=1",
                "/v1/articles/open",
                "/v1/articles/open.jsonld",
                "/v1/articles.rss",
                "/v1/topics",
                "/v1/search?q=open",
            }
        )
        {
            using var keyed = await Ask(path, key);
            using var first = await Ask(path, null);
            using var kept = await Ask(path, null);
            using var again = await Ask(path, key);
            foreach (var answer in new[] { keyed, again })
            {
                Assert.Equal("private, no-store", Header(answer, "Cache-Control"));
                Assert.Null(Header(answer, "CDN-Cache-Control"));
                Assert.Equal("\"key\";q=600;w=60", Header(answer, "RateLimit-Policy"));
                Assert.Matches("^\"key\";r=5[0-9]{2};t=[1-6]?[0-9]$", Header(answer, "RateLimit"));
                Assert.DoesNotContain("hit", Header(answer, "Cache-Status") ?? "", StringComparison.Ordinal);
                Assert.Equal(await first.Content.ReadAsStringAsync(Cancel), await answer.Content.ReadAsStringAsync(Cancel));
            }
            Assert.Contains("stored", Header(first, "Cache-Status"), StringComparison.Ordinal);
            Assert.Equal("content-api; hit", Header(kept, "Cache-Status"));
            Assert.Contains("max-age=86400", Header(kept, "CDN-Cache-Control") ?? "max-age=86400", StringComparison.Ordinal);
            Assert.StartsWith("public", Header(kept, "Cache-Control"), StringComparison.Ordinal);
            Assert.Null(Header(kept, "RateLimit"));
        }
    }

    [Fact]
    public async Task What_is_no_key_is_refused_everywhere()
    {
        var (known, other) = (await Add(), ApiKey.New());
        // The id of one key, and the secret of another.
        var mixed = Mixed(known, other);
        foreach (var path in Everywhere)
        {
            var answers = new List<string>();
            foreach (var text in new[] { other.Text, mixed.Text })
            {
                var (body, status) = await Refused(path, text);
                Assert.Equal(
                    "There is no such key. Ask who runs this API for one, or leave the header Authorization out.",
                    body["detail"]!.GetValue<string>()
                );
                body.AsObject().Remove("traceId");
                answers.Add($"{status} {body}");
            }
            // Nothing tells whether there is a key with the id.
            Assert.Single(answers.Distinct());
            foreach (
                var text in new[]
                {
                    "",
                    "x",
                    "cak_",
                    known.Text[..^1],
                    known.Text + "a",
                    known.Text.ToUpperInvariant(),
                    $"{known.Text}, {known.Text}",
                }
            )
            {
                var (body, _) = await Refused(path, text);
                Assert.Contains("no key", body["detail"]!.GetValue<string>(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Only_the_right_secret_is_told_that_the_key_has_ended()
    {
        var (revoked, expired) = (await Add(), await Add(expires: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-1)));
        Assert.Equal(revoked.Id, await Keys.Revoke(revoked.Id, Cancel));
        Assert.Null(await Keys.Revoke(revoked.Id, Cancel));
        foreach (var (key, word) in new[] { (revoked, "revoked"), (expired, "expired") })
        {
            await Eventually.Is(async () =>
            {
                using var answer = await Ask("/v1", key);
                return answer.StatusCode == HttpStatusCode.Unauthorized;
            });
            Assert.Contains(word, (await Refused("/v1", key.Text)).Body["detail"]!.GetValue<string>(), StringComparison.Ordinal);
            var (body, _) = await Refused("/v1", Mixed(key, ApiKey.New()).Text);
            Assert.DoesNotContain(word, body["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_revocation_counts_within_five_seconds()
    {
        var key = await Add();
        using (var before = await Ask("/v1/articles", key))
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.NotNull(await Keys.Revoke(key.Id, Cancel));
        await Task.Delay(TimeSpan.FromSeconds(5), Cancel);
        using var after = await Ask("/v1/articles", key);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Theory]
    [InlineData("Basic YTpi")]
    [InlineData("Digest username=a")]
    [InlineData("Bearerx cak")]
    public async Task Another_scheme_is_ignored(string authorization)
    {
        using var plain = await Ask("/v1/articles?limit=2", null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/articles?limit=2");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await api.Client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Header(plain, "Cache-Control"), Header(answer, "Cache-Control"));
        Assert.Equal(await plain.Content.ReadAsStringAsync(Cancel), await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task A_key_has_its_rate()
    {
        var key = await Add(perMinute: 3);
        for (var left = 2; left >= 0; left--)
        {
            using var answer = await Ask("/v1/articles/no-such-article", key);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal("private, no-store", Header(answer, "Cache-Control"));
            Assert.StartsWith($"\"key\";r={left};t=", Header(answer, "RateLimit"), StringComparison.Ordinal);
        }
        using var refused = await Ask("/v1/articles", key);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.StartsWith("\"key\";r=0;t=", Header(refused, "RateLimit"), StringComparison.Ordinal);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal("rate-limited", JsonNode.Parse(await refused.Content.ReadAsStringAsync(Cancel))!["code"]!.GetValue<string>());
        // Others have their own.
        using var other = await Ask("/v1/articles", await Add());
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task An_address_that_sends_many_wrong_keys_gets_no_answer_to_keys_for_a_minute()
    {
        const string address = "9.20.30.40";
        for (var time = 0; time < 30; time++)
            Assert.Equal(HttpStatusCode.Unauthorized, await Status("x", address));
        Assert.Equal(HttpStatusCode.TooManyRequests, await Status("x", address));
        Assert.Equal(HttpStatusCode.TooManyRequests, await Status((await Add()).Text, address));
        Assert.Equal(HttpStatusCode.OK, await Status(null, address));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status("x", "9.20.30.41"));

        async Task<HttpStatusCode> Status(string? key, string from)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/articles");
            request.Headers.Add("X-Forwarded-For", from);
            if (key is not null)
                request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
            using var answer = await api.Client.SendAsync(request, Cancel);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task The_use_of_a_key_is_noted_to_the_hour()
    {
        var key = await Add();
        using var answer = await Ask("/v1", key);
        StoredKey? row = null;
        await Eventually.Is(async () => (row = (await Keys.All(Cancel)).Single(one => one.Id == key.Id)).LastUsedAt is not null);
        Assert.Equal((0, 0), (row!.LastUsedAt!.Value.Minute, row.LastUsedAt.Value.Second));
    }

    [Fact]
    public async Task No_reading_login_can_select_keys()
    {
        await using var delivery = NpgsqlDataSource.Create(api.Connections.Delivery);
        await using var command = delivery.CreateCommand("select count(*) from content.api_keys");
        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteScalarAsync(Cancel));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        await using var stored = api.Database.CreateCommand("select count(*) from content.api_keys k where k::text like '%' || $1 || '%'");
        stored.Parameters.AddWithValue((await Add()).Text[13..]);
        Assert.Equal(0L, await stored.ExecuteScalarAsync(Cancel));
    }

    [Fact]
    public async Task Names_of_keys_are_unique_until_they_are_revoked()
    {
        var key = await Add(name: "twice");
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Add(name: "twice"));
        Assert.Equal(PostgresErrorCodes.UniqueViolation, refused.SqlState);
        Assert.Equal(key.Id, await Keys.Revoke("twice", Cancel));
        await Add(name: "twice");
    }

    [Fact]
    public async Task While_the_database_is_away_keys_are_known_for_a_minute()
    {
        var key = await Add();
        var clock = new SetClock();
        var content = new ContentDatabase(api.Connections);
        var ring = new KeyRing(new KeyRepository(content), clock, NullLogger<KeyRing>.Instance);
        Assert.NotNull(await ring.Find(key.Id, Cancel));
        await content.DisposeAsync();
        clock.Elapsed = TimeSpan.FromSeconds(59);
        Assert.NotNull(await ring.Find(key.Id, Cancel));
        Assert.Null(await ring.Find("00000000", Cancel));
        clock.Elapsed = TimeSpan.FromSeconds(61);
        await Assert.ThrowsAsync<TimeoutException>(async () => await ring.Find(key.Id, Cancel));
    }

    private async Task<ApiKey> Add(string? name = null, int perMinute = 600, DateTime? expires = null)
    {
        var key = ApiKey.New();
        var row = new StoredKey
        {
            Id = key.Id,
            Name = name ?? key.Id,
            Scope = GrantedKey.PreviewScope,
            PerMinute = perMinute,
            Hash = key.Hash,
            ExpiresAt = expires,
        };
        Assert.True(await Keys.Add(row, Cancel));
        // The node may have read them shortly before.
        var ring = api.Services.GetRequiredService<KeyRing>();
        await Eventually.Is(async () => await ring.Find(key.Id, Cancel) is not null);
        return key;
    }

    // The id of one key and the secret of another, with the right check characters.
    private static ApiKey Mixed(ApiKey id, ApiKey secret) => ApiKey.Of(id.Id, secret.Text[13..^4]);

    private async Task<HttpResponseMessage> Ask(string path, ApiKey? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"bearer  {key.Text}");
        return await api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
    }

    private async Task<(JsonNode Body, HttpStatusCode Status)> Refused(string path, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        using var answer = await api.Client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("private, no-store", Header(answer, "Cache-Control"));
        Assert.Equal("Bearer realm=\"content-api\", error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString());
        Assert.Null(Header(answer, "RateLimit"));
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
        Assert.Equal("invalid-key", body["code"]!.GetValue<string>());
        return (body, answer.StatusCode);
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.NonValidated.TryGetValues(name, out var values) || answer.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    public sealed class Content(TestServer server) : ContentFixture(server)
    {
        protected override void Configure(WebApplicationBuilder builder)
        {
            builder.Configuration["Proxy:Trusted"] = "true";
            builder.Configuration["Cache:SharedMaxAgeSeconds"] = "86400";
        }

        protected override async Task Seed()
        {
            await base.Seed();
            await Import(
                Some.Article(
                    new
                    {
                        slug = "open",
                        title = "An open article",
                        topics = new[] { "open" },
                    }
                ),
                Some.Topic(new { slug = "open" })
            );
        }
    }

    private sealed class SetClock : TimeProvider
    {
        public TimeSpan Elapsed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Elapsed.Ticks;
    }
}
