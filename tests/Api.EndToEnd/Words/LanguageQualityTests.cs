using Api.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Api.EndToEnd.Words;

/// <summary>How good the search is in many languages with the dictionaries of the operating system.</summary>
public class LanguageQualityTests(LanguageQualityTests.Content api) : IClassFixture<LanguageQualityTests.Content>
{
    [Fact]
    public async Task Judged_searches_find_what_people_want()
    {
        Tools.Need("hunspell-pl", "hunspell-uk", "hunspell-cs", "hunspell-sk", "hunspell-hu", "hunspell-lv", "hunspell-lt");
        var (all, byLanguage) = await LanguageQuality.Of(api);
        Assert.True(all.Ndcg >= 0.94, $"NDCG@10 is {all.Ndcg}");
        Assert.All(byLanguage, one => Assert.True(one.Value.Ndcg >= 0.82, $"In {one.Key} NDCG@10 is {one.Value.Ndcg}"));
    }

    public sealed class Content(TestServer server) : ApiFixture(server)
    {
        protected override void Configure(WebApplicationBuilder builder) =>
            builder.Configuration["Search:Dictionaries"] = "/usr/share/hunspell";

        protected override async Task Seed() => await Import(await LanguageQuality.Lines());
    }
}
