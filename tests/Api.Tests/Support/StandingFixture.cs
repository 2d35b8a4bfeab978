using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Support;

/// <summary>An API whose clock stands still and whose public address is fixed, so that the same content gives the same bytes.</summary>
public sealed class StandingFixture(TestServer server) : ApiFixture(server)
{
    protected override void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration["Api:PublicUrl"] = DemoFixture.PublicUrl;
        builder.Services.AddSingleton<TimeProvider>(new StandingClock());
    }

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    }
}
