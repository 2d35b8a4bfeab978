using Api.Commands;
using Api.Data;
using Api.Http.Site;
using Api.Import;
using Api.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Api.EndToEnd.Support;

/// <summary>The API as <c>serve</c> shows it on a fresh machine: real Kestrel, real clock, demo content.</summary>
public class DemoSite(TestServer server) : ApiFixture(server)
{
    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Address => Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    protected override Task Seed() => Load(ContentDatabase);

    /// <summary>Loads the demo content.</summary>
    internal static Task Load(ContentDatabase content)
    {
        var importer = new Importer(content, SiteSettings.From(new ConfigurationBuilder().Build()), TimeProvider.System);
        return DemoContent.LoadIfEmpty(content, importer, TestContext.Current.CancellationToken);
    }
}
