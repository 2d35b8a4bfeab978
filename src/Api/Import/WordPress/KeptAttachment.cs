namespace Api.Import.WordPress;

/// <summary>The compact form of a media library file, about 200 bytes: a site may have more files than posts.</summary>
internal sealed class KeptAttachment(Attachment file)
{
    private readonly PackedTexts _texts = new(file.Url, file.Alt, file.Caption, file.Title, file.Extension, file.Artist, file.Album);
    private readonly int _width = file.Width ?? 0;
    private readonly int _height = file.Height ?? 0;
    private readonly long _bytes = file.Bytes ?? 0;
    private KeptAttachment? _next;

    /// <summary>The files uploaded to the same post, in the order of the file; called on the last one.</summary>
    public IEnumerable<KeptAttachment> All
    {
        get
        {
            for (var at = _next ?? this; ; at = at._next!)
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
        _next = last?._next ?? last ?? this;
        if (last is not null)
            last._next = this;
    }

    public Attachment Open() =>
        new(_texts[0], _texts[1], _texts[2], _texts[3], _width > 0 ? _width : null, _height > 0 ? _height : null, _texts[4])
        {
            Bytes = _bytes > 0 ? _bytes : null,
            Artist = _texts[5],
            Album = _texts[6],
        };
}
