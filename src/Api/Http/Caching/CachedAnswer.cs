using System.Buffers.Text;
using System.IO.Hashing;
using Api.Http.Answers;
using Api.Http.Tags;
using Microsoft.Extensions.Primitives;

namespace Api.Http.Caching;

/// <summary>A complete, successful answer that can be sent in any content coding.</summary>
internal sealed class CachedAnswer
{
    // In bytes, beside the bodies: objects, headers and tags.
    private const int Overhead = 1_500;

    private readonly Lazy<byte[]> brotli;
    private readonly Lazy<byte[]> gzip;
    private long used;

    /// <param name="key">The canonical address of the request.</param>
    /// <param name="body">The body, with the headers that describe it.</param>
    /// <param name="tags">The content it is made of.</param>
    /// <param name="keys">The header value with the keys by which proxies can drop it.</param>
    /// <param name="isOfAnything">Whether every change drops it at proxies: <see cref="CacheKey.Content"/> is among the keys.</param>
    /// <param name="asOf">The state of the content when the answer was begun.</param>
    public CachedAnswer(string key, AnswerBody body, AnswerTags tags, string keys, bool isOfAnything, Moment asOf)
    {
        Key = key;
        Body = body.Bytes;
        ContentType = body.ContentType;
        MediaType = ContentType.Split(';')[0];
        Link = body.Link;
        TotalCount = body.TotalCount;
        Tags = tags.Tags;
        Until = tags.Until;
        IsTimed = tags.IsTimed;
        IsPassing = tags.IsPassing;
        AsOf = asOf;
        ETag = EntityTag(Body.Span);
        Keys = keys;
        MayLiveLong = !isOfAnything && !IsTimed;
        brotli = new Lazy<byte[]>(() => Codings.Encode(Body, Coding.Brotli));
        gzip = new Lazy<byte[]>(() => Codings.Encode(Body, Coding.Gzip));
    }

    /// <summary>The canonical address of the request.</summary>
    public string Key { get; }

    /// <summary>Whether it is right at this moment only, and is not to be kept by anybody.</summary>
    public bool IsPassing { get; }

    public string ContentType { get; }

    /// <summary><see cref="ContentType"/> without parameters.</summary>
    public string MediaType { get; }

    public StringValues Link { get; }

    public StringValues TotalCount { get; }

    /// <summary>
    /// Weak, because it is the same for all codings (RFC 9110 §8.8.1). The same on every node, because it is a hash of the body.
    /// </summary>
    public string ETag { get; }

    /// <summary>The header value with the keys by which proxies can drop it.</summary>
    public string Keys { get; }

    /// <summary>The content it is made of; empty when any change drops it.</summary>
    public IReadOnlyCollection<Tag> Tags { get; }

    /// <summary>When the clock alone changes it (UTC); null for never.</summary>
    public DateTime? Until { get; }

    /// <summary>Whether the clock alone can change it, at a known instant or not.</summary>
    public bool IsTimed { get; }

    /// <summary>
    /// Whether a shared cache that is purged may keep it for long: only certain changes drop it, and the clock does not change it.
    /// </summary>
    public bool MayLiveLong { get; }

    /// <summary>The state of the content when the answer was begun. The answer reflects at least this state.</summary>
    public Moment AsOf { get; }

    /// <summary>The addresses, as sent, that lead to this answer.</summary>
    public List<Address> Addresses { get; } = [];

    /// <summary>Memory use in bytes.</summary>
    public long Bytes =>
        Overhead
        + (2 * (Key.Length + Keys.Length + Link.ToString().Length))
        + Body.Length
        + (100 * Tags.Count)
        + Addresses.Sum(address => address.Bytes)
        + Length(brotli)
        + Length(gzip);

    /// <summary>The part of <see cref="Bytes"/> that the cache has counted.</summary>
    public long Charged { get; set; }

    /// <summary>When it was last used, as a timestamp of the clock.</summary>
    public long Used
    {
        get => Volatile.Read(ref used);
        set => Volatile.Write(ref used, value);
    }

    private ReadOnlyMemory<byte> Body { get; }

    /// <summary>The body in a coding.</summary>
    public ReadOnlyMemory<byte> In(Coding coding) =>
        coding switch
        {
            Coding.Brotli => brotli.Value,
            Coding.Gzip => gzip.Value,
            _ => Body,
        };

    /// <summary>Whether the body is already encoded in a coding.</summary>
    public bool Has(Coding coding) =>
        coding switch
        {
            Coding.Brotli => brotli.IsValueCreated,
            Coding.Gzip => gzip.IsValueCreated,
            _ => true,
        };

    /// <summary>Whether a change affects it.</summary>
    public bool ComesFrom(Change change) => Tags.Count == 0 || change.ConcernsAll || change.Tags.Any(Tags.Contains);

    private static int Length(Lazy<byte[]> encoded) => encoded.IsValueCreated ? encoded.Value.Length : 0;

    private static string EntityTag(ReadOnlySpan<byte> body) => $"W/\"{Base64Url.EncodeToString(XxHash128.Hash(body))}\"";
}
