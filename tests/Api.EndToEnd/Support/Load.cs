using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace Api.EndToEnd.Support;

/// <summary>Asks an API without pause, until it is disposed, for one answer that is in its memory and for others that are not.</summary>
internal sealed class Load : IAsyncDisposable
{
    private const string Kept = "/v1/articles?limit=7";
    private static readonly string[] Sorts = ["publishedAt", "-publishedAt", "title"];

    private readonly ConcurrentQueue<Answer> answers = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly CancellationTokenSource stopping = new();
    private readonly HttpClient client;
    private readonly Dictionary<string, string[]> slugs;
    private readonly string kept;
    private readonly Task asking;
    private int number;

    private Load(HttpClient client, Dictionary<string, string[]> slugs, string kept)
    {
        (this.client, this.slugs, this.kept) = (client, slugs, kept);
        asking = Task.WhenAll(Loop(AskKept), Loop(AskList), Loop(AskList), Loop(AskSearch), Loop(AskSearch));
    }

    /// <summary>What happened until now, in words: how many answers of each kind, and what was wrong with those that are wrong.</summary>
    public IEnumerable<string> Wrong =>
        answers
            .Where(answer => answer.Wrong is not null)
            .Select(answer => $"{answer.At.TotalSeconds:0.0} s, {answer.Path}: {answer.Wrong}");

    public TimeSpan Now => clock.Elapsed;

    /// <summary>How many answers were 503.</summary>
    public int Refused => answers.Count(answer => answer.Status == 503);

    /// <summary>When the last answer came that was none; null when none was.</summary>
    public TimeSpan? LastRefusal => answers.LastOrDefault(answer => answer.Status == 503)?.At;

    /// <summary>Begins, once what has to be kept is kept.</summary>
    public static async Task<Load> Start(HttpClient client, CancellationToken cancel)
    {
        var slugs = new Dictionary<string, string[]>();
        foreach (var sort in Sorts)
            slugs[sort] = Slugs(
                await client.GetStringAsync(new Uri($"/v1/articles?limit=100&sort={sort}&fields=slug", UriKind.Relative), cancel)
            );
        return new Load(client, slugs, await client.GetStringAsync(new Uri(Kept, UriKind.Relative), cancel));
    }

    /// <summary>Waits until so many answers of each kind that came after <paramref name="since"/> were none of them a 503.</summary>
    public async Task Well(TimeSpan since, CancellationToken cancel)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(50, cancel))
        {
            var after = answers
                .Where(answer => answer.At > since && answer.At > (LastRefusal ?? TimeSpan.Zero))
                .CountBy(answer => answer.Path.Split('?')[0])
                .ToList();
            if (after.Count == 2 && after.TrueForAll(kind => kind.Value >= 20))
                return;
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(2), "It did not become well.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await asking;
        stopping.Dispose();
    }

    private async Task Loop(Func<Task<Answer>> ask)
    {
        while (!stopping.IsCancellationRequested)
        {
            answers.Enqueue(await ask());
            await Task.Delay(10);
        }
    }

    private Task<Answer> AskKept() => Ask(Kept, mayFail: false, body => body == kept ? null : "not what it was");

    private Task<Answer> AskList()
    {
        var n = Interlocked.Increment(ref number);
        var (limit, sort) = (1 + (n % 100), Sorts[n / 100 % Sorts.Length]);
        return Ask(
            $"/v1/articles?limit={limit}&sort={sort}&fields=slug,title",
            mayFail: true,
            body => Slugs(body).SequenceEqual(slugs[sort].Take(limit)) ? null : "other articles"
        );
    }

    private Task<Answer> AskSearch() =>
        Ask(
            $"/v1/search?q=strait+word{Interlocked.Increment(ref number)}",
            mayFail: true,
            body => JsonNode.Parse(body)!["data"] is JsonArray ? null : "no list"
        );

    private async Task<Answer> Ask(string path, bool mayFail, Func<string, string?> wrong)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            var body = await answer.Content.ReadAsStringAsync();
            var refuses =
                answer.StatusCode == HttpStatusCode.ServiceUnavailable
                && answer.Headers.RetryAfter is not null
                && answer.Content.Headers.ContentType?.MediaType == "application/problem+json";
            return new Answer(
                Now,
                path,
                (int)answer.StatusCode,
                answer.StatusCode == HttpStatusCode.OK ? wrong(body)
                    : mayFail && refuses ? null
                    : $"{(int)answer.StatusCode} {body}"
            );
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return new Answer(Now, path, 0, e.Message);
        }
    }

    private static string[] Slugs(string body) =>
        [.. JsonNode.Parse(body)!["data"]!.AsArray().Select(item => item!["slug"]!.GetValue<string>())];

    private sealed record Answer(TimeSpan At, string Path, int Status, string? Wrong);
}
