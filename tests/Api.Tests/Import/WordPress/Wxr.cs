using System.Text;
using System.Text.Json.Nodes;
using Api.Import.WordPress;
using Api.Import.WordPress.Mapping;
using Api.Import.WordPress.Output;

namespace Api.Tests.Import.WordPress;

/// <summary>Exports for tests: files of the folder beside this one, and small ones made on the spot.</summary>
internal sealed class Wxr
{
    private readonly List<WordPressLine> lines;

    private Wxr(Func<Stream> open, WordPressMapping? mapping = null)
    {
        Export = WordPressExport.Read(open, mapping ?? WordPressMapping.Default, TestContext.Current.CancellationToken);
        lines = [.. Export.Lines(TestContext.Current.CancellationToken)];
    }

    public WordPressExport Export { get; }

    public IReadOnlyList<WordPressLine> Lines => lines;

    public string Json => string.Join('\n', lines.Select(l => l.Value.ToJsonString()));

    public static Wxr File(string name) =>
        new(() => System.IO.File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Import", "WordPress", "exports", name)));

    public static Wxr Text(string xml) => Bytes(Encoding.UTF8.GetBytes(xml));

    public static Wxr Bytes(byte[] xml) => new(() => new MemoryStream(xml));

    /// <summary>An export of these items or blocks, read with a mapping file.</summary>
    public static Wxr Mapped(string mapping, params string[] parts) =>
        new(() => new MemoryStream(Encoding.UTF8.GetBytes(Document(parts))), Mapping(mapping));

    /// <summary>A mapping file.</summary>
    public static WordPressMapping Mapping(string json) => new(WordPressMappingFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(json))));

    /// <summary>An export of these items or blocks.</summary>
    public static Wxr Of(params string[] parts) => Text(Document(parts));

    public static string Document(params string[] parts) =>
        $"""
            <rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
              xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
            <wp:base_blog_url>https://site.example</wp:base_blog_url>
            {string.Join('\n', parts)}
            </channel></rss>
            """;

    /// <summary>A published post; <paramref name="more"/> may hold any further elements.</summary>
    public static string Post(
        string id,
        string title = "A title",
        string slug = "",
        string content = "Text.",
        string status = "publish",
        string type = "post",
        string date = "2024-01-02 03:04:05",
        string more = ""
    ) =>
        $"""
            <item><title>{title}</title><dc:creator>ada</dc:creator><guid>https://site.example/?p={id}</guid>
            <content:encoded><![CDATA[{content}]]></content:encoded><wp:post_id>{id}</wp:post_id><wp:post_date_gmt>{date}</wp:post_date_gmt>
            <wp:post_name>{slug}</wp:post_name><wp:status>{status}</wp:status><wp:post_type>{type}</wp:post_type>{more}</item>
            """;

    /// <summary>A custom field.</summary>
    public static string Meta(string key, string value) =>
        $"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>";

    public IEnumerable<JsonObject> All(string resource) => lines.Select(l => l.Value).Where(v => (string?)v["resource"] == resource);

    public JsonObject Get(string resource, string slug) => Assert.Single(All(resource), v => (string?)v["slug"] == slug);

    public IEnumerable<string> Slugs(string resource) => All(resource).Select(v => (string)v["slug"]!);

    public string? Redirect(string from) => (string?)All("redirect").SingleOrDefault(v => (string?)v["from"] == from)?["to"];

    public void HasNote(string part) => Assert.Contains(Export.Notes, n => n.Text.Contains(part, StringComparison.Ordinal));
}
