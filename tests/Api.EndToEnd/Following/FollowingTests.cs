using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Api.Data;
using Api.EndToEnd.Support;
using Api.Http.Signing;
using Api.Http.Site;
using Api.Import;
using Api.Import.Lines;
using Api.Import.WordPress;
using Api.Import.WordPress.Live;
using Api.Import.WordPress.Mapping;
using Api.Tests.Support;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Api.EndToEnd.Following;

/// <summary>
/// A real WordPress that is followed while somebody works on it. <c>CONTENT_FOLLOW_STEPS</c> makes it long, <c>CONTENT_FOLLOW_SEED</c>
/// makes it another one.
/// </summary>
public partial class FollowingTests(WordPressSite wordpress, FollowingTests.Fixture api)
    : IClassFixture<WordPressSite>,
        IClassFixture<FollowingTests.Fixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int Steps => Setting("CONTENT_FOLLOW_STEPS", 40);

    [Fact]
    public async Task Whatever_an_editor_does_it_is_as_if_imported_anew()
    {
        await ImportFile();
        var seed = Setting("CONTENT_FOLLOW_SEED", 20261128);
        TestContext.Current.SendDiagnosticMessage($"seed {seed}, {Steps} steps");
        var random = new Random(seed);
        using var editor = wordpress.Edit(seed);
        var follower = Follow("--every", "1");
        try
        {
            await Looks(follower, 1);
            for (var step = 1; step <= Steps; step++)
            {
                await editor.Step(Cancel);
                if (random.Next(4) == 0)
                    await Task.Delay(random.Next(1_500), Cancel);
                // Killed in the middle of something; the next waits until the right to follow ends.
                if (step % Math.Max(15, Steps / 20) == 0)
                {
                    follower.Kill();
                    follower.Dispose();
                    follower = Follow("--every", "1");
                }
                if (step % Math.Max(20, Steps / 10) == 0)
                    await wordpress.Restart(TimeSpan.FromSeconds(random.Next(3)));
                // The long mode looks now and then, so that what is wrong is found near its cause.
                if (step % 250 == 0)
                {
                    await Settle(follower, editor);
                    TestContext.Current.SendDiagnosticMessage($"{step} steps, equal");
                }
            }
            await Settle(follower, editor);
            Assert.DoesNotContain(wordpress.Password, follower.Output + follower.Errors, StringComparison.Ordinal);
        }
        finally
        {
            follower.Dispose();
        }
    }

    [Fact]
    public async Task Of_two_followers_one_works_and_the_other_goes_on_once_it_is_killed()
    {
        using var first = Follow("--every", "1");
        await Looks(first, 1);
        using var second = Follow("--every", "1");
        await Until(
            () => Task.FromResult((second.Output + second.Errors).Contains("Another process follows the site", StringComparison.Ordinal)),
            () => second.Output + second.Errors
        );
        var holder = await Holder();
        await Publish("While both run");
        await IsHere("while-both-run", first);
        Assert.Equal(holder, await Holder());
        Assert.DoesNotContain("created", second.Output + second.Errors, StringComparison.Ordinal);
        first.Kill();
        var killed = Stopwatch.StartNew();
        await Publish("After one was killed");
        await IsHere("after-one-was-killed", second);
        Assert.NotEqual(holder, await Holder());
        TestContext.Current.SendDiagnosticMessage($"readable {killed.Elapsed.TotalSeconds:0.0} s after the other was killed");

        async Task<Guid> Holder()
        {
            await using var connection = await api.Database.OpenConnectionAsync(Cancel);
            return await connection.ExecuteScalarAsync<Guid>("select holder from content.leases where name = 'follow wordpress'");
        }
    }

    [Fact]
    public async Task The_printed_plugin_says_at_once_that_something_has_changed()
    {
        var port = Background.FreePort();
        using var printed = ApiProcess.Start(["follow", "wordpress", "--print-plugin"], ("Api__PublicUrl", $"http://127.0.0.1:{port}"));
        Assert.True(await printed.Exit(Cancel) == 0, printed.Errors);
        api.Secret = Secret().Match(printed.Output).Value;
        api.Url = $"http://127.0.0.1:{port}";
        Assert.NotNull(HmacKey.Parse(api.Secret));
        Assert.Contains(api.Secret, printed.Errors, StringComparison.Ordinal);
        await using var node = await api.Start();
        // Both on this machine.
        var before = TimeProvider.System.GetUtcNow().AddSeconds(-1).UtcDateTime;
        using var follower = Follow("--every", "3600");
        await Looks(follower, 1);
        await Until(
            async () =>
            {
                await using var connection = await api.Database.OpenConnectionAsync(Cancel);
                return await connection.ExecuteScalarAsync<bool>(
                    "select not is_stale and asked_at > @before from content.followed_site",
                    new { before }
                );
            },
            () => follower.Output + follower.Errors
        );
        await wordpress.Plug("content-api-hook.php", printed.Output);
        try
        {
            var published = Stopwatch.StartNew();
            await Publish("Heard at once");
            await Until(async () => await Wakes.Last(api.Database, Wakes.WordPress, Cancel) is not null, () => "The site did not call.");
            await IsHere("heard-at-once", follower);
            TestContext.Current.SendDiagnosticMessage($"readable {published.Elapsed.TotalSeconds:0.0} s after it was sent");
        }
        finally
        {
            await wordpress.Plug("content-api-hook.php", "<?php");
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private ApiProcess Follow(params string[] arguments) =>
        ApiProcess.Start(
            ["follow", "wordpress", wordpress.Address, .. arguments],
            ("ConnectionStrings__Content", api.Connections.Content),
            ("Follow__User", "editor"),
            ("WORDPRESS_APPLICATION_PASSWORD", wordpress.Password)
        );

    private async Task Publish(string title)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"editor:{wordpress.Password}"))
        );
        using var answer = await http.PostAsJsonAsync(
            new Uri($"{wordpress.Address}/wp-json/wp/v2/posts"),
            new
            {
                title,
                status = "publish",
                content = "News.",
            },
            Cancel
        );
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    private Task IsHere(string slug, ApiProcess follower) =>
        Until(
            async () =>
            {
                using var read = await api.Client.GetAsync(new Uri($"/v1/articles/{slug}", UriKind.Relative), Cancel);
                return read.StatusCode == HttpStatusCode.OK;
            },
            () => follower.Output + follower.Errors
        );

    private async Task ImportFile()
    {
        await using var content = new ContentDatabase(api.Connections);
        var report = await Importer(content)
            .Run(Lines(WordPressExport.Read(() => File.OpenRead(wordpress.Export), WordPressMapping.Default, Cancel)), new(), Cancel);
        Assert.True(report.Succeeded);
    }

    /// <summary>Waits until nothing waits for another look, then holds everything against a fresh import.</summary>
    private async Task Settle(ApiProcess follower, RandomEditor editor)
    {
        // What is due appears in WordPress by itself where visitors come by.
        for (var i = 0; i < 6; i++)
            await Task.Delay(1_000, Cancel);
        await Looks(follower, 3);
        await Until(
            async () =>
            {
                await using var connection = await api.Database.OpenConnectionAsync(Cancel);
                return await connection.ExecuteScalarAsync<bool>(
                    """
                    select not is_stale and not exists (select from content.followed_parts where missing > 0) and not exists (select from content.followed_lines where absent_at is not null) from content.followed_site
                    """
                );
            },
            () => follower.Output + follower.Errors
        );
        await IsAsImportedAnew(() => $"{string.Join('\n', editor.Steps.TakeLast(300))}\n{follower.Output}\n{follower.Errors}");
    }

    private const string DetailsSql = """
        select i.slug || ' ' || to_jsonb(a)::text || (select coalesce(jsonb_agg(t.slug || ' ' || t.id order by l.position), '[]')::text from content.article_topics l join content.items t on t.item_id = l.topic_id where l.article_id = i.item_id)
               || (select coalesce(jsonb_agg(t.slug || ' ' || t.id order by l.position), '[]')::text from content.article_experts l join content.items t on t.item_id = l.expert_id where l.article_id = i.item_id)
        from   content.articles a join content.items i on i.item_id = a.item_id where i.slug = any(@slugs) order by i.slug limit 3
        """;

    private async Task IsAsImportedAnew(Func<string> story)
    {
        using var site = await LiveSite.Fetch(
            new LiveOptions
            {
                Site = new Uri(wordpress.Address),
                Folder = Path.Combine(wordpress.Folder, "fresh"),
                User = "editor",
                Password = wordpress.Password,
                CustomFields = WordPressMapping.Default.CustomFields,
                Fresh = true,
            },
            TimeProvider.System,
            null,
            Cancel
        );
        var lines = WordPressExport
            .Read(_ => site.Read(), WordPressMapping.Default, Cancel)
            .Lines(Cancel)
            .Select(line => line.Value)
            .ToList();
        await using var content = new ContentDatabase(api.Connections);
        IReadOnlyList<string> differing = [];
        var report = await Importer(content)
            .Run(
                lines.Select(line => ImportLine.Of(0, line)).ToAsyncEnumerable(),
                new()
                {
                    DryRun = true,
                    Finish = async (connection, _) =>
                    {
                        differing = (
                            await connection.QueryAsync<string>(
                                "select resource || ' ' || slug from content.items where xmin = pg_current_xact_id()::xid union all select 'redirect ' || path from content.redirects where xmin = pg_current_xact_id()::xid order by 1 limit 20"
                            )
                        ).AsList();
                        var slugs = differing.Select(name => name.Split(' ')[^1]).ToArray();
                        await using var stored = await api.Database.OpenConnectionAsync(Cancel);
                        differing =
                        [
                            .. differing,
                            .. await stored.QueryAsync<string>(DetailsSql, new { slugs }),
                            .. await connection.QueryAsync<string>(DetailsSql, new { slugs }),
                        ];
                    },
                },
                Cancel
            );
        Assert.True(report.Succeeded, string.Join('\n', report.Rejected));
        Assert.True(
            (report.Created, report.Updated) == (0, 0),
            $"{report.Created} to create, {report.Updated} to update: {string.Join("\n", differing)}\n{story()}"
        );

        var there = lines.Where(line => line["id"] is not null).Select(line => Guid.Parse((string)line["id"]!)).ToHashSet();
        await using var reading = await api.Database.OpenConnectionAsync(Cancel);
        var here = await reading.QueryAsync<(Guid Id, string Name)>(
            "select id, resource || ' ' || slug from content.items where publication_status <> 'deleted' and resource <> 'articleType'"
        );
        var left = here.Where(item => !there.Contains(item.Id)).Select(item => item.Name).ToList();
        Assert.True(left.Count == 0, $"Not there any more: {string.Join(", ", left)}\n{story()}");
    }

    private static Importer Importer(ContentDatabase content) =>
        new(content, SiteSettings.From(new ConfigurationBuilder().Build()), TimeProvider.System);

    private static IAsyncEnumerable<ImportLine> Lines(WordPressExport export) =>
        export.Lines(Cancel).Select(line => ImportLine.Of(0, line.Value)).ToAsyncEnumerable();

    /// <summary>Waits for so many further complete looks.</summary>
    private async Task Looks(ApiProcess follower, int more)
    {
        var before = await Count();
        await Until(async () => await Count() >= before + more, () => follower.Output + follower.Errors);

        async Task<long> Count()
        {
            await using var connection = await api.Database.OpenConnectionAsync(Cancel);
            return await connection.ExecuteScalarAsync<long>("select coalesce(max(looks), 0) from content.followed_site");
        }
    }

    private static async Task Until(Func<Task<bool>> condition, Func<string> otherwise)
    {
        for (var waited = Stopwatch.StartNew(); !await condition(); await Task.Delay(100, Cancel))
            Assert.True(waited.Elapsed < Patience, otherwise());
    }

    [GeneratedRegex("whsec_[A-Za-z0-9+/=]+")]
    private static partial Regex Secret();

    public sealed class Fixture(TestServer server) : ApiFixture(server)
    {
        public string Secret { get; set; } = "";

        public string Url { get; set; } = "http://127.0.0.1:0";

        protected override void Configure(WebApplicationBuilder builder)
        {
            builder.Configuration["Follow:HookSecret"] = Secret;
            builder.Configuration["urls"] = Url;
        }
    }
}
