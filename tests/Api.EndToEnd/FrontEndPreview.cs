using System.Net;
using System.Text.RegularExpressions;
using Api.EndToEnd.Support;
using Api.Tests.Support;

namespace Api.EndToEnd;

/// <summary>An editor, and a reader without the cookie of an editor, at an example site.</summary>
/// <param name="api">Where the site gets its content.</param>
/// <param name="site">The running site; does not follow redirects, and keeps no cookies.</param>
/// <param name="secret">The secret of the site's preview links.</param>
internal sealed partial class FrontEndPreview(EditedSite api, HttpClient site, string secret)
{
    private readonly string slug = Some.Slug("draft");
    private readonly CookieContainer cookies = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Cookies of the sites are for HTTPS only.
    private Uri Address => new($"https://{site.BaseAddress!.Authority}");

    private string Path => $"/articles/{slug}";

    /// <summary>A draft is shown to the editor from the preview link to leaving, and never to the reader.</summary>
    public async Task Run()
    {
        await Change("First draft");
        await The_reader_sees_nothing();
        await Other_links_are_refused();

        await The_link_sets_a_cookie();
        await The_editor_sees("First draft");
        await The_reader_sees_nothing();
        // Nothing of it was kept.
        await Change("Second draft");
        await The_editor_sees("Second draft");
        await The_reader_sees_nothing();
        await An_invented_cookie_shows_nothing();
        await What_a_browser_gets_has_no_key();

        await Leaving_ends_it();
    }

    private Task Change(string title) =>
        api.Import(
            Some.ArticleType(new { slug = "brief" }),
            Some.Article(
                new
                {
                    slug,
                    title,
                    topics = new[] { "china" },
                    publicationStatus = "draft",
                    publishedAt = (string?)null,
                }
            )
        );

    private async Task The_reader_sees_nothing()
    {
        using var article = await Ask(Path);
        Assert.Equal(HttpStatusCode.NotFound, article.StatusCode);
        using var list = await Ask("/");
        Assert.Equal(HttpStatusCode.OK, list.StatusCode);
        foreach (var answer in new[] { article, list })
            Assert.DoesNotMatch("(First|Second) draft|Preview", await answer.Content.ReadAsStringAsync(Cancel));
    }

    private async Task Other_links_are_refused()
    {
        await Refused("/api/draft", HttpStatusCode.Unauthorized);
        await Refused(Link("", Path), HttpStatusCode.Unauthorized);
        await Refused(Link($"{secret}x", Path), HttpStatusCode.Unauthorized);
        foreach (var path in new[] { "//example.org", "/\\example.org", "https://example.org/", "articles", "" })
            await Refused(Link(secret, path), HttpStatusCode.BadRequest);
        // A browser would leave out the tab.
        using var tab = await Ask(Link(secret, "/\t/example.org"));
        Assert.Equal("/%09/example.org", tab.Headers.Location!.OriginalString);
    }

    private async Task Refused(string link, HttpStatusCode status)
    {
        using var answer = await Ask(link);
        Assert.True(answer.StatusCode == status, $"{link} answers {(int)answer.StatusCode}");
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    private async Task The_link_sets_a_cookie()
    {
        using var answer = await Ask(Link(secret, Path));
        Assert.Equal(HttpStatusCode.TemporaryRedirect, answer.StatusCode);
        Assert.Equal(Path, answer.Headers.Location!.OriginalString);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Matches("(?i); HttpOnly", cookie);
        Assert.Matches("(?i); Secure", cookie);
        Assert.Matches("(?i); SameSite=(lax|none)", cookie);
        Assert.DoesNotContain(secret, cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("cak_", cookie, StringComparison.Ordinal);
        cookies.SetCookies(Address, cookie);
        Assert.Equal(1, cookies.Count);
    }

    private async Task The_editor_sees(string title)
    {
        foreach (var (path, bar) in new[] { (Path, "Preview: draft"), ("/", "Preview") })
        {
            using var answer = await Ask(path, cookies);
            var html = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path} answers {(int)answer.StatusCode}: {html}");
            Assert.Contains(title, html, StringComparison.Ordinal);
            Assert.Contains(bar, html, StringComparison.Ordinal);
            Assert.Equal((true, true), (answer.Headers.CacheControl!.Private, answer.Headers.CacheControl.NoStore));
        }
    }

    private async Task An_invented_cookie_shows_nothing()
    {
        foreach (var value in new[] { "1", secret, new string('0', 64) })
        {
            var invented = new CookieContainer();
            foreach (var cookie in cookies.GetAllCookies().Cast<Cookie>())
                invented.SetCookies(Address, $"{cookie.Name}={value}");
            using var answer = await Ask(Path, invented);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private async Task What_a_browser_gets_has_no_key()
    {
        var seen = new HashSet<string> { "/", Path };
        var left = new Queue<string>(seen);
        while (left.TryDequeue(out var path))
        {
            using var answer = await Ask(path, cookies);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var text = $"{answer.Headers}{await answer.Content.ReadAsStringAsync(Cancel)}";
            Assert.DoesNotContain("cak_", text, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
            foreach (var script in Script().Matches(text).Select(match => match.Value).Where(seen.Add))
                left.Enqueue(script);
        }
    }

    private async Task Leaving_ends_it()
    {
        using var answer = await Ask("/api/draft/leave", cookies);
        Assert.Equal(HttpStatusCode.TemporaryRedirect, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
        cookies.SetCookies(Address, Assert.Single(answer.Headers.GetValues("Set-Cookie")));
        Assert.Empty(cookies.GetCookieHeader(Address));
        using var left = await Ask(Path, cookies);
        Assert.Equal(HttpStatusCode.NotFound, left.StatusCode);
        await The_reader_sees_nothing();
    }

    private static string Link(string secret, string path) =>
        $"/api/draft?secret={Uri.EscapeDataString(secret)}&path={Uri.EscapeDataString(path)}";

    private async Task<HttpResponseMessage> Ask(string path, CookieContainer? sent = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (sent?.GetCookieHeader(Address) is { Length: > 0 } header)
            request.Headers.Add("Cookie", header);
        return await site.SendAsync(request, Cancel);
    }

    // Scripts of Next.js and of Astro.
    [GeneratedRegex("/_(next|astro)/[^\"'\\\\ ]+\\.js")]
    private static partial Regex Script();
}
