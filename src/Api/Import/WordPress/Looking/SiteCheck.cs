using System.Globalization;
using System.Text;
using Api.Import.WordPress.Mapping;

namespace Api.Import.WordPress.Looking;

/// <summary>
/// One page of plain text: which content of a site can be imported and which cannot, before anything is fetched or stored.
/// </summary>
internal static class SiteCheck
{
    private const int MostTypes = 25;

    /// <summary>The page.</summary>
    /// <param name="look">The survey of the site.</param>
    /// <param name="facts">Findings of the survey, one for each line.</param>
    /// <param name="given">The mapping file.</param>
    /// <param name="isLive">True for a running site.</param>
    public static string Write(SiteLook look, IReadOnlyList<string> facts, WordPressMappingFile given, bool isLive)
    {
        var page = new StringBuilder();
        var mapping = new WordPressMapping(given);
        page.AppendLine(CultureInfo.InvariantCulture, $"{look.Name} ({look.Url})").AppendLine();
        foreach (var fact in facts)
            page.AppendLine(fact);
        page.AppendLine().AppendLine("Will come:");
        foreach (
            var (name, type) in look
                .Types.Where(type => type.Value.Count > 0 && MappingProposal.IsContent(type.Key) && mapping.Of(type.Key).To != "nothing")
                .Take(MostTypes)
        )
            page.AppendLine(
                CultureInfo.InvariantCulture,
                $"{type.Count, 8:N0}  {name} → {Plural(mapping.Of(name).To)}{Hidden(type, isLive)}"
            );
        if (look.Types.GetValueOrDefault("attachment") is { Count: > 0 } files)
            page.AppendLine(
                CultureInfo.InvariantCulture,
                $"{files.Count, 8:N0}  pictures and documents, where texts use them (the files stay on the old site)"
            );
        foreach (var (name, terms) in look.Taxonomies.Where(taxonomy => mapping.IsRead(taxonomy.Key)).Take(MostTypes))
            page.AppendLine(CultureInfo.InvariantCulture, $"{terms, 8:N0}  {name} → topics, or types of articles where a name is one");
        if (look.Users.Count > 0)
            page.AppendLine(CultureInfo.InvariantCulture, $"{look.Users.Count, 8:N0}  users → experts");

        var unexplained = look
            .Types.Where(type =>
                type.Value.Count > 0
                && MappingProposal.IsContent(type.Key)
                && mapping.Of(type.Key).To == "nothing"
                && !given.PostTypes.ContainsKey(type.Key)
            )
            .ToList();
        page.AppendLine()
            .AppendLine("Will not come, unless a mapping file says what it is (--propose-mapping FILE writes one to start from):");
        foreach (var (name, type) in unexplained.Take(MostTypes))
            page.AppendLine(
                CultureInfo.InvariantCulture,
                $"{type.Count, 8:N0}  {name}{(type.Titles.Count > 0 ? $", such as “{type.Titles[0]}”" : "")}"
            );
        if (unexplained.Count == 0)
            page.AppendLine("          (every post type is explained)");
        if (
            new MappingProposal(look, given) is var proposal
            && proposal.Write("") is not null
            && proposal.Proposed.Where(type => type.Value.Fields.Count > 0).ToList() is { Count: > 0 } fields
        )
            foreach (var (name, rule) in fields.Take(MostTypes))
                page.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"          custom fields of {name}: {string.Join(", ", rule.Fields.Values.Distinct().Take(8))}"
                );

        page.AppendLine().AppendLine("Plugins recognised:");
        var plugins = KnownPlugins.In(look).ToList();
        foreach (var plugin in plugins)
            page.AppendLine(
                CultureInfo.InvariantCulture,
                $"          {plugin.Name}: {(isLive ? plugin.Live ?? plugin.InFile : plugin.InFile)}"
            );
        if (plugins.Count == 0)
            page.AppendLine("          (none that changes what comes)");
        return page.AppendLine().AppendLine("Never: comments, passwords, e-mail addresses. More: docs/moving-from-wordpress.md").ToString();
    }

    private static string Plural(string resource) => resource == "nothing" ? resource : resource + "s";

    private static string Hidden(TypeLook type, bool isLive) =>
        !isLive && type.Count > type.Public
            ? string.Create(CultureInfo.InvariantCulture, $" ({type.Count - type.Public:N0} of them not public: kept, not shown)")
            : "";
}
