using Api.Import.WordPress.Body;
using Api.Import.WordPress.Fields;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.ExportFile;

/// <summary>Reads the items of an export. Comments and unneeded fields are skipped unread.</summary>
/// <param name="elements">The file.</param>
/// <param name="customFields">Names of custom fields to read in addition to those of <see cref="WxrFields"/>.</param>
/// <param name="bodies">False skips the texts, except reusable blocks and the beginning of texts of items without a title.</param>
internal sealed class WxrItems(WxrElements elements, IReadOnlySet<string> customFields, bool bodies)
{
    // A longer body is rejected later, with its position.
    private const int BodyText = 24 * 1024 * 1024;

    // A custom field may contain a whole text.
    private const int FieldText = 1_000_000;

    private readonly WxrText content = new();

    /// <summary>Reads the item at whose start the reader stands.</summary>
    /// <param name="number">Item number, from 1.</param>
    public WxrItem Read(int number)
    {
        var item = new WxrItem(elements.Line, number);
        foreach (var name in elements.Children())
            switch (elements.Namespace, name)
            {
                case (WxrNamespace.None, "title"):
                    item.Title = Short();
                    break;
                case (WxrNamespace.None, "link"):
                    item.Link = Short();
                    break;
                case (WxrNamespace.None, "pubDate"):
                    item.PubDate = Short();
                    break;
                case (WxrNamespace.None, "guid"):
                    item.Guid = Short();
                    break;
                case (WxrNamespace.None, "category"):
                    AddTerm(item);
                    break;
                case (WxrNamespace.Dc, "creator"):
                    item.Creator = Short();
                    break;
                case (WxrNamespace.Content, "encoded") when bodies:
                    item.Content = elements.Text(BodyText);
                    break;
                case (WxrNamespace.Content, "encoded"):
                    elements.Gather(content, WordPressReusableBlocks.MaxCharacters + 1);
                    break;
                case (WxrNamespace.Excerpt, "encoded"):
                    item.Excerpt = Short();
                    break;
                case (WxrNamespace.Wp, "comment"):
                    item.Comments++;
                    break;
                case (WxrNamespace.Wp, "postmeta"):
                    AddMeta(item);
                    break;
                case (WxrNamespace.Wp, "attachment_url"):
                    item.AttachmentUrl = Short();
                    break;
                case (WxrNamespace.Wp, _) when WxrFields.IsKept(name):
                    item.Fields.TryAdd(name, Short());
                    break;
            }
        // The post type comes after the text.
        if (item.PostType is PostTypes.ReusableBlock or PostTypes.Navigation && !bodies)
            item.Content = elements.Take(content, int.MaxValue);
        else if (item.Title.Length == 0 && !bodies)
            item.Content = elements.Take(content, WxrFile.ShortText);
        content.Clear();
        return item;
    }

    private void AddTerm(WxrItem item)
    {
        var (taxonomy, slug, name) = (elements.Attribute("domain"), elements.Attribute("nicename"), Short());
        // A category without a domain repeats, for feed readers, a term of the same item.
        if (taxonomy.Length > 0 && (slug.Length > 0 || name.Length > 0))
            item.Terms.Add(new WxrItemTerm(taxonomy == "tag" ? "post_tag" : taxonomy, slug, name));
    }

    private void AddMeta(WxrItem item)
    {
        var key = "";
        foreach (var name in elements.Children())
            if (name == "meta_key")
                key = Short();
            else if (name == "meta_value" && bodies && WxrFields.IsText(key))
                item.Meta.Add((key, elements.Text(BodyText)));
            else if (name == "meta_value" && WxrFields.IsKeptMeta(key))
                item.Meta.Add((key, Short()));
            else if (name == "meta_value" && FieldNames.IsRead(customFields, key))
                item.Meta.Add((key, elements.Text(FieldText).Trim()));
            else if (name == "meta_value" && bodies && WxrFields.IsShown(key, item))
                item.Meta.Add((key, Short()));
    }

    private string Short() => elements.Text(WxrFile.ShortText).Trim();
}
