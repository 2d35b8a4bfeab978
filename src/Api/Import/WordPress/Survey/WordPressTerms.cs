using System.Text.Json.Nodes;
using Api.Contracts;
using Api.Import.Lines.Values;
using Api.Import.WordPress.Mapping;
using Api.Import.WordPress.Output;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Survey;

/// <summary>
/// The categories, tags and custom terms of an export: topics, unless they name an article type or are WordPress's "Uncategorized". Terms
/// come from the head of the file or, if it lacks them, from the items.
/// </summary>
internal sealed class WordPressTerms(WordPressIds ids, WordPressMapping mapping, WordPressNotes notes)
{
    private static readonly HashSet<string> Unfiled = new(StringComparer.Ordinal)
    {
        "uncategorized",
        "uncategorised",
        "non-classe",
        "non-classé",
        "sin-categoria",
        "sin-categoría",
        "sem-categoria",
        "senza-categoria",
        "niet-gecategoriseerd",
        "nicht-kategorisiert",
        "unkategorisiert",
        "okategoriserade",
        "ukategorisert",
        "bez-kategorii",
        "без-рубрики",
        "未分类",
    };

    private const int MaxDepth = Catalogue.TreeLevels;

    private readonly List<WordPressTerm> all = [];
    private readonly Dictionary<(string Taxonomy, string Slug), WordPressTerm> bySlug = [];
    private readonly Dictionary<(string Taxonomy, string Name), WordPressTerm> byName = [];
    private readonly Dictionary<string, WordPressTerm> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WordPressTerm> topics = new(StringComparer.Ordinal);

    public IReadOnlyList<WordPressTerm> All => all;

    public void Add(WxrTerm term)
    {
        if (mapping.IsRead(term.Taxonomy) && Find(new WxrItemTerm(term.Taxonomy, term.Slug, term.Name)) is null)
            Keep(
                term.Taxonomy,
                SlugOf(term.Slug, term.Name),
                term.Id,
                PlainText.Of(term.Name, LineLimits.Line),
                term.Parent,
                term.Description,
                term.Line
            );
        else if (term.Id.Length > 0 && Find(new WxrItemTerm(term.Taxonomy, term.Slug, term.Name)) is { } known)
            byId.TryAdd(term.Id, known);
    }

    /// <summary>A term that an item names; new terms are added.</summary>
    public void Add(WxrItemTerm term, int line)
    {
        if (mapping.IsRead(term.Taxonomy) && Find(term) is null)
            Keep(term.Taxonomy, SlugOf(term.Slug, term.Name), "", PlainText.Of(term.Name, LineLimits.Line), "", "", line);
    }

    /// <summary>The term that an item names; null if its taxonomy is not read.</summary>
    public WordPressTerm? Find(WxrItemTerm term) =>
        term.Slug.Length > 0 && bySlug.TryGetValue((term.Taxonomy, SlugOf(term.Slug, term.Name)), out var found) ? found
        : term.Slug.Length == 0 ? byName.GetValueOrDefault((term.Taxonomy, PlainText.Of(term.Name, LineLimits.Line)))
        : null;

    /// <summary>The term with this number, which menus and plugins use; null when the export has no numbers.</summary>
    public WordPressTerm? FindById(string id) => byId.GetValueOrDefault(id);

    /// <summary>The slugs from the top term down to a term, as in the URL of its archive.</summary>
    public IEnumerable<string> PathOf(WordPressTerm term)
    {
        var path = new List<string>();
        for (var at = term; at is not null && path.Count < MaxDepth; at = bySlug.GetValueOrDefault((at.Taxonomy, SlugOf(at.Parent, ""))))
            path.Insert(0, at.Slug);
        return path;
    }

    /// <summary>Decides which terms become topics, and their slugs. Called once, when all terms are known.</summary>
    public void Settle()
    {
        var slugs = new SlugTable();
        foreach (
            var term in all.OrderBy(t =>
                t.Taxonomy switch
                {
                    "category" => 0,
                    "post_tag" => 1,
                    _ => 2,
                }
            )
        )
            if (IsUnfiled(term.Slug))
                term.IsUnfiled = true;
            else if (term.Type is null)
                Settle(term, slugs);
        foreach (var term in all.Where(t => t.Topic == t))
            term.ParentTopic = FindParent(term);
    }

    /// <summary>The topics as lines.</summary>
    public IEnumerable<WordPressLine> Lines() =>
        all.Where(t => t.Topic == t)
            .Select(t => new WordPressLine(
                new JsonObject
                {
                    ["resource"] = "topic",
                    ["id"] = ids.Term(t.Taxonomy, t.Slug).ToString(),
                    ["slug"] = t.TopicSlug,
                    ["name"] = t.Name,
                    ["kind"] = mapping.KindOf(t.Taxonomy),
                    ["description"] = PlainText.Of(t.Description, LineLimits.Summary),
                    ["parent"] = t.ParentTopic?.TopicSlug,
                },
                0,
                t.Line
            ));

    // Polylang makes an uncategorized term for each language, such as uncategorized-fr.
    private static bool IsUnfiled(string slug) =>
        Unfiled.Contains(slug) || slug.LastIndexOf('-') is > 0 and var at && slug.Length - at is 3 or 4 && Unfiled.Contains(slug[..at]);

    private void Settle(WordPressTerm term, SlugTable slugs)
    {
        if (topics.TryGetValue(term.Slug, out var same) && string.Equals(same.Name, term.Name, StringComparison.OrdinalIgnoreCase))
        {
            term.Topic = same;
            notes.Add(0, term.Line, $"'{term.Name}' is both {same.Taxonomy} and {term.Taxonomy}: one topic, '{same.TopicSlug}'");
            return;
        }
        term.Topic = term;
        term.TopicSlug = slugs.Claim(term.Slug);
        topics.TryAdd(term.Slug, term);
        if (term.TopicSlug != term.Slug)
            notes.Add(
                0,
                term.Line,
                $"the {term.Taxonomy} '{term.Name}' shares its slug with another term: it is the topic '{term.TopicSlug}'"
            );
    }

    // The nearest ancestor that is a topic. A loop, which WordPress does not prevent in imported sites, ends where it began.
    private WordPressTerm? FindParent(WordPressTerm term)
    {
        var seen = new HashSet<WordPressTerm> { term };
        var at = term;
        while (at.Parent.Length > 0)
        {
            var slug = SlugOf(at.Parent, "");
            if (!bySlug.TryGetValue((at.Taxonomy, slug), out var parent))
            {
                notes.Add(
                    0,
                    at.Line,
                    $"the {at.Taxonomy} '{at.Name}' names a parent that is not in the file, '{slug}': it stands at the top"
                );
                return null;
            }
            if (!seen.Add(parent) || (parent.Topic is { } above && IsAtOrBelow(above, term)))
            {
                notes.Add(
                    0,
                    at.Line,
                    $"the {at.Taxonomy} '{at.Name}' is its own ancestor or more than {MaxDepth} levels deep: it stands at the top"
                );
                return null;
            }
            if (parent.Topic is { } topic)
                return topic;
            at = parent;
        }
        return null;
    }

    private static bool IsAtOrBelow(WordPressTerm term, WordPressTerm ancestor)
    {
        var depth = 0;
        for (var at = term; at is not null; at = at.ParentTopic)
            if (at == ancestor || ++depth > MaxDepth)
                return true;
        return false;
    }

    private void Keep(string taxonomy, string slug, string id, string name, string parent, string description, int line)
    {
        var term = new WordPressTerm(taxonomy, slug, id, name, parent, description, line) { Type = mapping.TypeOf(taxonomy, slug, name) };
        if (term.Slug.Length == 0 || term.Name.Length == 0)
        {
            notes.Add(0, term.Line, $"a {term.Taxonomy} without a usable {(term.Slug.Length == 0 ? "slug" : "name")} is left out");
            return;
        }
        all.Add(term);
        bySlug.Add((term.Taxonomy, term.Slug), term);
        byName.TryAdd((term.Taxonomy, term.Name), term);
        if (term.Id.Length > 0)
            byId.TryAdd(term.Id, term);
    }

    private static string SlugOf(string slug, string name) =>
        Slugs.FromSlug(slug) is { Length: > 0 } made ? made : Slugs.FromText(PlainText.Of(name, 500));
}
