using System.Globalization;
using System.Text.Json;

namespace Api.Import.WordPress.Live;

/// <summary>Fetches the pages of a collection that are not stored yet, several at a time.</summary>
internal sealed class LiveWalk(LiveClient client, LiveApi api, LiveSpool spool, LiveOptions options, IProgress<LiveProgress>? progress)
{
    private const int Rounds = 3;

    // More pages can only be an error or an attack.
    private const int MostPages = 1_000_000;

    // The page does not exist any more: entries were removed during the reading.
    private const int NoSuchPage = -1;

    /// <summary>Fetches a collection to its end.</summary>
    /// <returns>Null when the collection is complete; else a note for the operator.</returns>
    /// <exception cref="LiveException">A page cannot be read.</exception>
    public async Task<string?> Fetch(LiveCollection collection, CancellationToken cancel)
    {
        for (var round = 1; ; round++)
        {
            var done = new Progress(collection.Name, progress);
            if (await Page(collection, 1, done, cancel) is not { } first)
                return $"{collection.Name} left out: the site does not show them to {Who}";
            var isSteady = first.Pages is { } pages
                ? await Known(collection, first, pages, done, cancel)
                : await Unknown(collection, first, done, cancel);
            if (isSteady)
                // WordPress counts entries that the user may not see, but leaves them out.
                return first.Total > done.Count
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"{collection.Name}: the site shows {done.Count:N0} of {first.Total:N0} to {Who}"
                    )
                    : null;
            if (round == Rounds)
                return $"{collection.Name} changed while they were read: one may be missing, so import again";
            // Entries are ordered by number, so new ones come last. Removed entries shift the others, and one may have moved to a page that
            // was read already.
            spool.Forget(collection.Name);
        }
    }

    private string Who => options.User ?? "visitors";

    private async Task<bool> Known(LiveCollection collection, LivePage first, int pages, Progress done, CancellationToken cancel)
    {
        if (pages > MostPages)
            throw new LiveException(string.Create(CultureInfo.InvariantCulture, $"{collection.Name} is said to have {pages:N0} pages"));
        var isSteady = true;
        await Parallel.ForEachAsync(
            Enumerable.Range(2, Math.Max(0, pages - 1)),
            new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancel },
            async (number, each) =>
            {
                if ((await Page(collection, number, done, each))!.Total != first.Total)
                    Volatile.Write(ref isSteady, false);
            }
        );
        return isSteady;
    }

    // A proxy has removed the totals: the first empty page is the end.
    private async Task<bool> Unknown(LiveCollection collection, LivePage first, Progress done, CancellationToken cancel)
    {
        var page = first;
        for (var number = 2; page.Count > 0; number++)
            page = (await Page(collection, number, done, cancel))!;
        return true;
    }

    /// <returns>Null for the first page of a collection that the site does not show.</returns>
    private async Task<LivePage?> Page(LiveCollection collection, int number, Progress done, CancellationToken cancel)
    {
        if (spool.Find(collection.Name, number) is not { } page)
        {
            var address = api.Of(
                collection.Path,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{collection.Query}&per_page={options.PerPage}&orderby=id&order=asc&page={number}"
                )
            );
            var answer = await client.Get(address, cancel);
            if (
                number > 1
                && answer is { Status: 400 or 404, Code: var code }
                && (
                    code.EndsWith("invalid_page_number", StringComparison.Ordinal)
                    || code.EndsWith("page-not-found", StringComparison.Ordinal)
                )
            )
                return new LivePage { Total = NoSuchPage };
            if (number == 1 && !collection.IsRequired && answer.Status is 400 or 401 or 403 or 404)
                return null;
            if (answer.Status != 200)
                throw new LiveException($"{address} answered {answer.Problem}");
            page = Read(collection, answer);
            spool.Keep(collection.Name, number, page);
        }
        done.Add(page);
        return page;
    }

    private static LivePage Read(LiveCollection collection, LiveAnswer answer)
    {
        using var json = answer.Json();
        if (
            (collection.List is { } member ? json.RootElement.Member(member) : json.RootElement)
            is not { ValueKind: JsonValueKind.Array } things
        )
            throw new LiveException($"{answer.Address} answered something other than a list");
        var page = new LivePage
        {
            Total = answer.Total,
            Pages = answer.Pages,
            Count = things.GetArrayLength(),
        };
        try
        {
            foreach (var each in things.EnumerateArray().Where(e => e.Id > 0))
                collection.Add(page, each);
        }
        catch (InvalidOperationException e)
        {
            throw new LiveException($"{answer.Address} answered texts that are no Unicode", e);
        }
        return page;
    }

    private sealed class Progress(string name, IProgress<LiveProgress>? progress)
    {
        private int count;

        /// <summary>Number of entries on the pages so far.</summary>
        public int Count => this.count;

        public void Add(LivePage page)
        {
            var count = Interlocked.Add(ref this.count, page.Count);
            progress?.Report(new LiveProgress(name, count, page.Total));
        }
    }
}
