using System.Text.RegularExpressions;
using Api.Tests.Support;

namespace Api.Tests.Search;

/// <summary>How good the search is in many languages without any dictionary.</summary>
public partial class LanguageQualityTests(LanguageQualityTests.Content api) : IClassFixture<LanguageQualityTests.Content>
{
    [Fact]
    public async Task Judged_searches_find_what_people_want()
    {
        var (all, byLanguage) = await LanguageQuality.Of(api);
        Assert.Equal(28, byLanguage.Count);
        Assert.True(all.Ndcg >= 0.9, $"NDCG@10 is {all.Ndcg}");
        Assert.All(byLanguage, one => Assert.True(one.Value.Ndcg >= 0.8, $"In {one.Key} NDCG@10 is {one.Value.Ndcg}"));
    }

    [Fact]
    public async Task A_snippet_marks_the_whole_word_where_it_stands_in_scripts_without_spaces_as_well()
    {
        var marked = 0;
        foreach (
            var search in LanguageQuality.Searches.Where(one =>
                one.Kind is "zh word" or "ja word" or "th word" or "lo word" or "km word" or "my word"
            )
        )
        {
            var page = await api.GetJson($"/v1/search?limit=20&q={Uri.EscapeDataString(search.Q)}");
            foreach (var snippet in page["data"]!.AsArray().Select(hit => hit!["snippet"]!.GetValue<string>()))
            {
                var marks = Mark().Matches(snippet).Select(match => match.Groups[1].Value).ToList();
                // Words beside each other share a mark.
                Assert.All(marks.SelectMany(mark => mark.Split(' ')), mark => Assert.Equal(search.Q, mark));
                marked += marks.Count;
                // As long as in other scripts.
                Assert.InRange(snippet.Length, 1, 400);
            }
        }
        Assert.True(marked > 80, $"only {marked} words were marked");
    }

    [GeneratedRegex("<mark>(.*?)</mark>")]
    private static partial Regex Mark();

    public sealed class Content(TestServer server) : ApiFixture(server)
    {
        protected override async Task Seed() => await Import(await LanguageQuality.Lines());
    }
}
