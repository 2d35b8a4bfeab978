using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Api.Contracts;

namespace Api.Import.Mirror;

/// <summary>Turns a change of <c>/v1/changes</c> or <c>/v1/snapshot</c> into a line of the import format. Pure functions.</summary>
internal static class MirrorLine
{
    private static readonly JsonWriterOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly Dictionary<string, string> Collections = Catalogue
        .Resources.Where(resource => resource.HasPage)
        .ToDictionary(resource => resource.Name, resource => resource.Collection, StringComparer.Ordinal);

    private static readonly string[] Known = [.. Catalogue.Resources.Select(resource => resource.Name), Catalogue.Redirect];

    /// <summary>The line; empty for a change that has none, such as that of a resource of a later version.</summary>
    /// <exception cref="MirrorException">The change does not have the format that this version knows.</exception>
    public static ReadOnlyMemory<byte> Of(JsonElement change)
    {
        try
        {
            var resource = change.GetProperty("resource").GetString()!;
            var isUpsert = change.GetProperty("change").ValueEquals("upsert");
            var item = change.GetProperty("item");
            if (!Known.Contains(resource))
                return default;
            if (resource == Catalogue.Redirect)
                return item.ValueKind == JsonValueKind.Object ? Redirect(item) : default;
            if (isUpsert && item.ValueKind != JsonValueKind.Object)
                return default;
            return Write(json =>
            {
                if (isUpsert)
                    Upsert(json, resource, item);
                else
                    Tombstone(json, resource, change);
                if (change.GetProperty("previousSlugs") is { ValueKind: JsonValueKind.Array } previous)
                {
                    json.WritePropertyName("previousSlugs");
                    previous.WriteTo(json);
                }
            });
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException)
        {
            throw new MirrorException($"The other instance tells changes in another way than this version knows: {e.Message}", e);
        }
    }

    /// <summary>The line of an entry of <c>/v1/redirects</c>.</summary>
    public static ReadOnlyMemory<byte> Redirect(JsonElement redirect) =>
        Write(json =>
        {
            json.WriteString("resource", Catalogue.Redirect);
            json.WriteString("from", redirect.GetProperty("from").GetString());
            json.WriteString(
                "to",
                redirect.GetProperty("resource").GetString() is { } resource && Collections.TryGetValue(resource, out var collection)
                    ? $"{collection}/{redirect.GetProperty("slug").GetString()}"
                    : redirect.GetProperty("url").GetString()
            );
        });

    /// <summary>The line that deletes an item of which only the id is known.</summary>
    public static ReadOnlyMemory<byte> Dropped(string resource, Guid id) =>
        Write(json =>
        {
            json.WriteString("resource", resource);
            json.WriteString("id", id);
            json.WriteString("slug", SlugOfWithdrawn($"{id}"));
            json.WriteString("publicationStatus", "deleted");
        });

    private static void Upsert(Utf8JsonWriter json, string resource, JsonElement item)
    {
        var isWholeDays = resource == "event" && item.TryGetProperty("allDay", out var allDay) && allDay.ValueKind == JsonValueKind.True;
        foreach (var member in item.EnumerateObject())
        {
            // The other members of the license are derived from the article.
            if (resource == "article" && member.NameEquals("license"))
            {
                json.WriteStartObject("license");
                json.WriteString("id", member.Value.GetProperty("id").GetString());
                json.WriteString("url", member.Value.GetProperty("url").GetString());
                json.WriteEndObject();
            }
            // Left out, as the other instance may have another version of the time zone database.
            else if (!isWholeDays || !(member.NameEquals("startsAt") || member.NameEquals("endsAt")))
                member.WriteTo(json);
        }
        if (resource == "expert")
            json.WriteBoolean("emailPublic", item.GetProperty("email").ValueKind == JsonValueKind.String);
        // Older versions give the parent only in the breadcrumbs.
        if (
            resource == "page"
            && !item.TryGetProperty("parent", out _)
            && item.GetProperty("breadcrumbs") is var way
            && way.GetArrayLength() is > 1 and var length
        )
            json.WriteString("parent", way[length - 2].GetProperty("slug").GetString());
    }

    // A withdrawn item gets a slug made from its id, so that other items can take its slug; only withdrawnSlug keeps the former one.
    private static string SlugOfWithdrawn(string id) => $"withdrawn-{id[(id.LastIndexOf(':') + 1)..]}";

    private static void Tombstone(Utf8JsonWriter json, string resource, JsonElement change)
    {
        var id = change.GetProperty("id").GetString()!;
        json.WriteString("resource", resource);
        json.WriteString("id", id);
        json.WriteString("slug", SlugOfWithdrawn(id));
        json.WriteString("publicationStatus", "deleted");
        json.WriteString("withdrawnAt", change.GetProperty("at").GetString());
        json.WriteString("withdrawnSlug", change.GetProperty("slug").GetString());
        // A later version may have other reasons.
        if (change.GetProperty("reason").GetString() is { } reason && Catalogue.WithdrawalReasons.Contains(reason))
            json.WriteString("withdrawnReason", reason);
        if (
            (change.TryGetProperty("successorId", out var successorId) ? successorId : change.GetProperty("successor")).GetString() is
            { } successor
        )
            json.WriteString("mergedInto", successor);
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(4_096);
        using var json = new Utf8JsonWriter(buffer, Relaxed);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
