using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Support;

/// <summary>A clock that a test sets. The database keeps its own: what is visible does not depend on this one.</summary>
internal sealed class SetClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>An API whose clock a test sets.</summary>
public class ClockedFixture(TestServer server) : ApiFixture(server)
{
    internal SetClock Clock { get; } = new();

    protected override void Configure(WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(Clock);
}
