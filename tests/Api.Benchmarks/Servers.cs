using System.Reflection;

namespace Api.Benchmarks;

/// <summary>
/// The processes that are measured: the API as deployed, the same keeping no answers, and the bare server with the same bytes.
/// </summary>
internal sealed class Servers : IDisposable
{
    private static readonly string Folder = Directory.CreateDirectory(Path.GetFullPath(".data/benchmark")).FullName;

    private readonly Func<string, (string Name, string Value)[], Task<Served>> start;

    private Servers(Func<string, (string Name, string Value)[], Task<Served>> start, Served caching, Served uncached, Served kestrel) =>
        (this.start, Caching, Uncached, Kestrel) = (start, caching, uncached, kestrel);

    public Served Caching { get; }

    public Served Uncached { get; }

    public Served Kestrel { get; }

    public static async Task<Servers> Start(Corpus corpus, string item)
    {
        var api = await Build.Publish();
        var caching = await Start("api", []);
        await File.WriteAllBytesAsync(Path.Combine(Folder, "list.json"), (await caching.Ask(Asked.List)).Body);
        await File.WriteAllBytesAsync(Path.Combine(Folder, "item.json"), (await caching.Ask(item)).Body);
        await File.WriteAllBytesAsync(Path.Combine(Folder, "fields.json"), (await caching.Ask($"{Asked.List}?{Asked.Fields}")).Body);
        await File.WriteAllBytesAsync(Path.Combine(Folder, "cards.json"), (await caching.Ask(Asked.Cards)).Body);
        var uncached = await Start("api-uncached", [("Cache__MaxBytes", "0")]);
        var kestrel = await Served.Start(
            url => $"dotnet '{Assembly.GetExecutingAssembly().Location}' kestrel {url} '{Folder}'",
            Path.Combine(Folder, "kestrel.log"),
            "/list"
        );
        return new Servers(Start, caching, uncached, kestrel);

        Task<Served> Start(string name, (string, string)[] settings) => Api(api, corpus, name, settings);
    }

    /// <summary>One node.</summary>
    public static async Task<Served> One(Corpus corpus, params (string, string)[] settings) =>
        await Api(await Build.Publish(), corpus, "node", settings);

    /// <summary>A node that keeps neither answers nor items.</summary>
    public static async Task<Served> Forgetful(Corpus corpus) =>
        await Api(await Build.Publish(), corpus, "node-forgetful", [("Cache__MaxBytes", "0"), ("Items__MaxBytes", "0")]);

    /// <summary>
    /// Two nodes on one database that keep no answers and believe <c>X-Forwarded-For</c>: one limits the searches of a network, the other
    /// does not.
    /// </summary>
    public static async Task<(Served Limited, Served Open)> Searched(Corpus corpus)
    {
        var api = await Build.Publish();
        (string, string)[] settings = [("Cache__MaxBytes", "0"), ("Proxy__Trusted", "true")];
        return (
            await Api(api, corpus, "node-limited", settings),
            await Api(api, corpus, "node-open", [.. settings, ("Search__MaxPerNetwork", "0")])
        );
    }

    /// <summary>Two nodes on one database.</summary>
    public static async Task<(Served One, Served Other)> Two(Corpus corpus)
    {
        var api = await Build.Publish();
        return (await Api(api, corpus, "node-1", []), await Api(api, corpus, "node-2", []));
    }

    /// <summary>Seconds from the start of the process to its first list, the middle of several.</summary>
    public async Task<double> FirstAnswer()
    {
        var times = new List<double>();
        for (var n = 0; n < 7; n++)
        {
            using var served = await start("api-start", []);
            times.Add(served.FirstAnswer.TotalSeconds);
        }
        return times.Order().ElementAt(times.Count / 2);
    }

    public void Dispose()
    {
        Kestrel.Dispose();
        Uncached.Dispose();
        Caching.Dispose();
    }

    private static Task<Served> Api(string api, Corpus corpus, string name, (string, string)[] settings) =>
        Served.Start(
            url => $"'{api}/Api' serve --urls {url}",
            Path.Combine(Folder, name + ".log"),
            Asked.List,
            [
                ("ConnectionStrings__Content", corpus.Connections.Content),
                ("ConnectionStrings__Delivery", corpus.Connections.Delivery),
                .. Build.Runtime,
                .. settings,
            ]
        );
}
