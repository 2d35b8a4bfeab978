using System.Reflection;

namespace Api.Benchmarks;

/// <summary>The processes that are measured: the API as deployed, the same keeping no answers, and the bare server with the same bytes.</summary>
internal sealed class Servers : IDisposable
{
    private readonly Func<string, (string Name, string Value)[], Task<Served>> start;

    private Servers(Func<string, (string Name, string Value)[], Task<Served>> start, Served caching, Served uncached, Served kestrel) =>
        (this.start, Caching, Uncached, Kestrel) = (start, caching, uncached, kestrel);

    public Served Caching { get; }

    public Served Uncached { get; }

    public Served Kestrel { get; }

    public static async Task<Servers> Start(Corpus corpus, string item)
    {
        var folder = Directory.CreateDirectory(Path.GetFullPath(".data/benchmark")).FullName;
        var api = await Build.Publish();
        var caching = await Api("api", []);
        await File.WriteAllBytesAsync(Path.Combine(folder, "list.json"), (await caching.Ask(Asked.List)).Body);
        await File.WriteAllBytesAsync(Path.Combine(folder, "item.json"), (await caching.Ask(item)).Body);
        await File.WriteAllBytesAsync(Path.Combine(folder, "fields.json"), (await caching.Ask($"{Asked.List}?{Asked.Fields}")).Body);
        var uncached = await Api("api-uncached", [("Cache__MaxBytes", "0")]);
        var kestrel = await Served.Start(
            url => $"dotnet '{Assembly.GetExecutingAssembly().Location}' kestrel {url} '{folder}'", Path.Combine(folder, "kestrel.log"), "/list");
        return new Servers(Api, caching, uncached, kestrel);

        Task<Served> Api(string name, (string, string)[] settings) => Served.Start(
            url => $"'{api}/Api' serve --urls {url}", Path.Combine(folder, name + ".log"), Asked.List,
            [("ConnectionStrings__Content", corpus.Connections.Content), ("ConnectionStrings__Delivery", corpus.Connections.Delivery), .. Build.Runtime, .. settings]);
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
}
