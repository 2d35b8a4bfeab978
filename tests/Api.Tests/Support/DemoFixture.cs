using Api.Commands;
using Api.Http.Site;
using Api.Import;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Support;

/// <summary>
/// The API with the demo content, on a public address and at an instant of its own, so that its answers are the same each time.
/// </summary>
public class DemoFixture(TestServer server) : ApiFixture(server)
{
    /// <summary>Where links point to.</summary>
    public const string PublicUrl = "https://api.example.org";

    /// <summary>Its instant.</summary>
    internal static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    protected override void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration["Api:PublicUrl"] = PublicUrl;
        builder.Services.AddSingleton<TimeProvider>(new StoppedClock());
    }

    protected override async Task Seed()
    {
        var importer = new Importer(ContentDatabase, SiteSettings.From(new ConfigurationBuilder().Build()), new StoppedClock());
        await DemoContent.LoadIfEmpty(ContentDatabase, importer, TestContext.Current.CancellationToken);
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
