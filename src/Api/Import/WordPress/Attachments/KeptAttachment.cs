using Api.Import.WordPress.Values;

namespace Api.Import.WordPress.Attachments;

/// <summary>The compact form of a media library file, about 200 bytes: a site may have more files than posts.</summary>
internal sealed class KeptAttachment(Attachment file)
{
    private readonly PackedTexts texts = new(file.Url, file.Alt, file.Caption, file.Title, file.Extension, file.Artist, file.Album);
    private readonly int width = file.Width ?? 0;
    private readonly int height = file.Height ?? 0;
    private readonly long bytes = file.Bytes ?? 0;
    private KeptAttachment? next;

    /// <summary>The files uploaded to the same post, in the order of the file; called on the last one.</summary>
    public IEnumerable<KeptAttachment> All
    {
        get
        {
            for (var at = next ?? this; ; at = at.next!)
            {
                yield return at;
                if (at == this)
                    yield break;
            }
        }
    }

    /// <summary>Inserts this file after the last one uploaded to the same post.</summary>
    /// <param name="last">Null for the first.</param>
    // The list is circular: the last file points to the first.
    public void Follow(KeptAttachment? last)
    {
        next = last?.next ?? last ?? this;
        if (last is not null)
            last.next = this;
    }

    public Attachment Open() =>
        new(texts[0], texts[1], texts[2], texts[3], width > 0 ? width : null, height > 0 ? height : null, texts[4])
        {
            Bytes = bytes > 0 ? bytes : null,
            Artist = texts[5],
            Album = texts[6],
        };
}
