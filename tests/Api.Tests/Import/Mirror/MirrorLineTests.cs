using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Api.Import.Mirror;

namespace Api.Tests.Import.Mirror;

public class MirrorLineTests
{
    [Theory]
    [InlineData(
        """[{"slug":"top"},{"slug":"above"},{"slug":"own"}]""",
        """ "parent":{"resource":"page","id":"urn:uuid:1","slug":"above"}, """,
        """{"resource":"page","id":"urn:uuid:1","slug":"above"}"""
    )]
    [InlineData("""[{"slug":"own"}]""", """ "parent":null, """, "null")]
    // As versions tell it that know no parent.
    [InlineData("""[{"slug":"top"},{"slug":"above"},{"slug":"own"}]""", "", "\"above\"")]
    [InlineData("""[{"slug":"own"}]""", "", "null")]
    public void The_page_above_comes_along(string way, string parent, string expected)
    {
        var line = Line(
            $$"""{"resource":"page","change":"upsert","previousSlugs":[],"item":{ {{parent}} "resource":"page","slug":"own","breadcrumbs":{{way}} } }"""
        );
        Assert.Equal(expected, line["parent"]?.ToJsonString() ?? "null");
    }

    [Theory]
    [InlineData(""" "successor":"next","successorId":"urn:uuid:2", """, "urn:uuid:2")]
    [InlineData(""" "successor":null,"successorId":null, """, null)]
    // As versions tell it that know no successorId.
    [InlineData(""" "successor":"next", """, "next")]
    public void What_took_its_place_comes_along(string successor, string? expected)
    {
        var line = Line(
            $$"""{"resource":"topic","id":"urn:uuid:1","slug":"old","change":"delete","reason":"merged",{{successor}}"at":"2026-01-02T03:04:05Z","previousSlugs":[],"item":null}"""
        );
        Assert.Equal(
            ("withdrawn-1", "old", expected),
            (line["slug"]!.GetValue<string>(), line["withdrawnSlug"]!.GetValue<string>(), line["mergedInto"]?.GetValue<string>())
        );
    }

    private static JsonNode Line(string change)
    {
        using var document = JsonDocument.Parse(change);
        return JsonNode.Parse(Encoding.UTF8.GetString(MirrorLine.Of(document.RootElement).Span))!;
    }
}
