using Api.Import.WordPress.Fields;
using Api.Import.WordPress.People;
using Api.Import.WordPress.Survey;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress;

/// <summary>
/// The authors of a post: its co-authors if the Co-Authors Plus plugin (or a mapped taxonomy) recorded them, else its creator.
/// </summary>
internal static class WordPressCredits
{
    /// <summary>The taxonomy that author plugins use.</summary>
    public const string Authors = "author";

    /// <summary>The people, each once for each role, in order; people whom the file does not describe are added as new ones.</summary>
    /// <param name="item">The post.</param>
    /// <param name="survey">The survey of the site.</param>
    /// <param name="named">The people whom its custom fields name; null while not all people are known.</param>
    public static IReadOnlyList<(WordPressAuthor Author, string Role)> Of(
        WxrItem item,
        WordPressSurvey survey,
        IReadOnlyList<(WordPressAuthor Author, string Role)>? named = null
    )
    {
        var people = Named(item, survey, _ => true).Concat(named ?? []).Distinct().ToList();
        var isWritten = people.Exists(t => t.Role == "author") || (named is null && FieldPeople.NamesAuthors(item, survey));
        if (!isWritten && survey.Authors.FindOrAdd(item.Creator, item.Number, item.Line) is { } creator)
            people.Insert(0, (creator, "author"));
        return people;
    }

    /// <summary>The people named by terms of some taxonomies, each once for each role, in order.</summary>
    public static IEnumerable<(WordPressAuthor Author, string Role)> Named(
        WxrItem item,
        WordPressSurvey survey,
        Func<string, bool> taxonomies
    ) =>
        item
            .Terms.Where(t => taxonomies(t.Taxonomy))
            .Select(t => (Term: t, Role: survey.Mapping.RoleOf(t.Taxonomy)))
            .Where(t => t.Role is not null)
            .Select(t => (Author: Find(t.Term, item, survey.Authors), Role: t.Role!))
            .Where(t => t.Author is not null)
            .Select(t => (t.Author!, t.Role))
            .Distinct();

    private static WordPressAuthor? Find(WxrItemTerm term, WxrItem item, WordPressAuthors authors) =>
        authors.Find(WordPressGuests.Login(term.Slug)) ?? authors.Find(term.Name) ?? authors.FindOrAdd(term.Name, item.Number, item.Line);
}
