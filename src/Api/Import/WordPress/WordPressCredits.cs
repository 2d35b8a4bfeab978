namespace Api.Import.WordPress;

/// <summary>Who wrote a post: its co-authors where the Co-Authors Plus plugin (or a mapped taxonomy) recorded them, else its creator.</summary>
internal static class WordPressCredits
{
    /// <summary>The people, each once in a role, in order; those the file has no block for are kept as new ones.</summary>
    public static IReadOnlyList<(WordPressAuthor Author, string Role)> Of(WxrItem item, WordPressSurvey survey)
    {
        var named = item.Terms.Select(t => (Term: t, Role: survey.Mapping.RoleOf(t.Taxonomy))).Where(t => t.Role is not null)
            .Select(t => (Author: Find(t.Term, item, survey.Authors), Role: t.Role!)).Where(t => t.Author is not null)
            .Select(t => (t.Author!, t.Role)).Distinct().ToList();
        if (!named.Exists(t => t.Role == "author") && survey.Authors.FindOrAdd(item.Creator, item.Number, item.Line) is { } creator)
            named.Insert(0, (creator, "author"));
        return named;
    }

    private static WordPressAuthor? Find(WxrItemTerm term, WxrItem item, WordPressAuthors authors) =>
        authors.Find(WordPressGuests.Login(term.Slug)) ?? authors.Find(term.Name) ?? authors.FindOrAdd(term.Name, item.Number, item.Line);
}
