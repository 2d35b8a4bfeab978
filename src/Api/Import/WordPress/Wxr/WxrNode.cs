namespace Api.Import.WordPress.Wxr;

/// <summary>A part of an export as written in the file: uninterpreted, with texts cut at generous limits.</summary>
/// <param name="Line">Line where its element begins, from 1; for a live site, the WordPress number of the entry.</param>
internal abstract record WxrNode(int Line);

/// <summary>A text in the head of the file: <c>language</c>, <c>base_blog_url</c> …</summary>
internal sealed record WxrSetting(int Line, string Name, string Value) : WxrNode(Line);

/// <summary>
/// A person described by a <c>wp:author</c> block, a guest author's item or a term of PublishPress Authors. E-mail addresses are not read.
/// </summary>
internal sealed record WxrAuthor(int Line, string Id, string Login, string DisplayName, string FirstName, string LastName) : WxrNode(Line)
{
    /// <summary>As written, possibly HTML.</summary>
    public string Biography { get; init; } = "";

    /// <summary>As written, usually a URL.</summary>
    public string Website { get; init; } = "";

    /// <summary>Number of an attachment, or a URL; empty when there is none.</summary>
    public string Picture { get; init; } = "";

    /// <summary>Login of the user linked to this person; empty for a guest.</summary>
    public string LinkedLogin { get; init; } = "";

    /// <summary>Members of an expert that this source cannot know.</summary>
    public List<string> Unknown { get; init; } = [];
}

/// <summary>A <c>wp:category</c>, <c>wp:tag</c> or <c>wp:term</c> block.</summary>
/// <param name="Line">Line where its element begins, from 1.</param>
/// <param name="Taxonomy"><c>category</c>, <c>post_tag</c>, <c>nav_menu</c> or a site's own.</param>
/// <param name="Id">Number within the site; empty in old exports.</param>
/// <param name="Slug">As written, possibly percent-encoded.</param>
/// <param name="Name">As written, possibly with entities.</param>
/// <param name="Parent">Slug of the parent term; empty at the top.</param>
/// <param name="Description">As written, possibly HTML.</param>
internal sealed record WxrTerm(int Line, string Taxonomy, string Id, string Slug, string Name, string Parent, string Description)
    : WxrNode(Line)
{
    /// <summary>Only the keys accepted by <c>WxrFields.IsKeptTermMeta</c>.</summary>
    public List<(string Key, string Value)> Meta { get; init; } = [];

    public string MetaValue(string key) => Meta.Find(m => m.Key == key).Value ?? "";
}

/// <summary>An <c>item</c>: post, page, attachment, menu item or anything else. Its comments are not read.</summary>
internal sealed record WxrItem(int Line, int Number) : WxrNode(Line)
{
    public string Title { get; set; } = "";
    public string Link { get; set; } = "";
    public string PubDate { get; set; } = "";
    public string Creator { get; set; } = "";
    public string Guid { get; set; } = "";
    public string Content { get; set; } = "";
    public string Excerpt { get; set; } = "";
    public string AttachmentUrl { get; set; } = "";

    /// <summary>The texts of the <c>wp:</c> elements by local name, such as <c>post_id</c>.</summary>
    public Dictionary<string, string> Fields { get; init; } = new(StringComparer.Ordinal);

    public List<WxrItemTerm> Terms { get; init; } = [];

    /// <summary>Only the keys accepted by <c>WxrFields</c>, and those of the mapping.</summary>
    public List<(string Key, string Value)> Meta { get; init; } = [];

    public int Comments { get; set; }

    /// <summary>Members of the article, page or event that this source cannot know.</summary>
    public List<string> Unknown { get; init; } = [];

    /// <summary>
    /// True if <see cref="Meta"/> includes every field that a block may show, even empty ones: fields that are missing are shown nowhere.
    /// </summary>
    public bool HasShownFields { get; set; }

    private bool? showsFields;

    /// <summary>True when blocks of the text may show custom fields; to be called once the text has been read.</summary>
    public bool ShowsFields => showsFields ??= MayShowFields(Content);

    public string Field(string name) => Fields.GetValueOrDefault(name, "");

    public string MetaValue(string key) => Meta.Find(m => m.Key == key).Value ?? "";

    /// <summary>The WordPress post type; exports without post types contain posts only.</summary>
    public string PostType => Field("post_type") is { Length: > 0 } type ? type : "post";

    // Blocks whose text comes from fields, and reusable blocks, which may contain such blocks.
    private static bool MayShowFields(string content) =>
        content.Length > 0
        && (
            content.Contains("\"core/post-meta\"", StringComparison.Ordinal)
            || content.Contains("\"acf/field\"", StringComparison.Ordinal)
            || content.Contains("wp:block ", StringComparison.Ordinal)
            || content.Contains("wp:core/block ", StringComparison.Ordinal)
        );
}

/// <summary>A <c>category</c> element of an item.</summary>
/// <param name="Taxonomy">Its <c>domain</c>, with WXR 1.0's <c>tag</c> read as <c>post_tag</c>.</param>
/// <param name="Slug">Its <c>nicename</c>; empty when the file has only the name.</param>
/// <param name="Name">Its text.</param>
internal sealed record WxrItemTerm(string Taxonomy, string Slug, string Name);
