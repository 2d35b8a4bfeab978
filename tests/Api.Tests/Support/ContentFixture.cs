namespace Api.Tests.Support;

/// <summary>An API whose content has the article type that <see cref="Some.Article"/> is of.</summary>
public class ContentFixture(TestServer server) : ApiFixture(server)
{
    protected override Task Seed() => Import(Some.ArticleType(new { slug = "brief" }));
}
