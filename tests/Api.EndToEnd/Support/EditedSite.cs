using Api.Http.Keys;
using Api.Keys;
using Api.Tests.Support;

namespace Api.EndToEnd.Support;

/// <summary>A demo site, and a key that sees its drafts.</summary>
public sealed class EditedSite(TestServer server) : DemoSite(server)
{
    /// <summary>A key of scope <c>preview</c>.</summary>
    internal ApiKey Key { get; } = ApiKey.New();

    protected override async Task Seed()
    {
        await base.Seed();
        var stored = new StoredKey
        {
            Id = Key.Id,
            Name = "front end",
            Scope = GrantedKey.PreviewScope,
            PerMinute = 1_000_000,
            Hash = Key.Hash,
        };
        Assert.True(await new KeyRepository(ContentDatabase).Add(stored, TestContext.Current.CancellationToken));
    }
}
