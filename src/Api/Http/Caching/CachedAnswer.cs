using System.Buffers.Text;
using System.IO.Hashing;
using Microsoft.Extensions.Primitives;

namespace Api.Http.Caching;

/// <summary>A whole, successful answer, ready to be sent in any coding.</summary>
internal sealed class CachedAnswer
{
    // Beside the bodies: the objects themselves, headers and tags.
    private const int Overhead = 1_500;

    private readonly Lazy<byte[]> brotli;
    private readonly Lazy<byte[]> gzip;
    private long used;

    public CachedAnswer(string key, ReadOnlyMemory<byte> body, HttpResponse response, AnswerTags tags, string keys, Moment asOf)
    {
        Key = key;
        Body = body;
        ContentType = response.ContentType ?? "";
        MediaType = ContentType.Split(';')[0];
        Link = response.Headers.Link;
        TotalCount = response.Headers["X-Total-Count"];
        Tags = tags.Tags;
        Until = tags.Until;
        IsTimed = tags.IsTimed;
        AsOf = asOf;
        ETag = EntityTag(body.Span);
        Keys = keys;
        brotli = new Lazy<byte[]>(() => Codings.Encode(Body, Coding.Brotli));
        gzip = new Lazy<byte[]>(() => Codings.Encode(Body, Coding.Gzip));
    }

    /// <summary>The request in its one spelling.</summary>
    public string Key { get; }

    public string ContentType { get; }

    /// <summary><see cref="ContentType"/> without parameters.</summary>
    public string MediaType { get; }

    public StringValues Link { get; }

    public StringValues TotalCount { get; }

    /// <summary>Weak, as it is the same for all codings (RFC 9110 §8.8.1); the same on every node, as it is made of the bytes.</summary>
    public string ETag { get; }

    /// <summary>What proxies can drop it by, as the header has it.</summary>
    public string Keys { get; }

    /// <summary>What it is made of; empty: any change makes it old.</summary>
    public IReadOnlyCollection<Tag> Tags { get; }

    /// <summary>When the clock alone makes it another (UTC); null for never.</summary>
    public DateTime? Until { get; }

    /// <summary>Whether the clock alone can make it another, foreseen or not.</summary>
    public bool IsTimed { get; }

    /// <summary>What was known when it was begun: all that is reflected in it, if nothing more.</summary>
    public Moment AsOf { get; }

    /// <summary>The requests that lead to it as they are.</summary>
    public List<Address> Addresses { get; } = [];

    /// <summary>What it takes in memory.</summary>
    public long Bytes => Overhead + (2 * (Key.Length + Keys.Length + Link.ToString().Length)) + Body.Length + (100 * Tags.Count)
        + Addresses.Sum(address => address.Bytes) + Length(brotli) + Length(gzip);

    /// <summary>What of <see cref="Bytes"/> the cache has counted.</summary>
    public long Charged { get; set; }

    /// <summary>When it was used last, in the clock's timestamps.</summary>
    public long Used
    {
        get => Volatile.Read(ref used);
        set => Volatile.Write(ref used, value);
    }

    private ReadOnlyMemory<byte> Body { get; }

    /// <summary>The body in a coding.</summary>
    public ReadOnlyMemory<byte> In(Coding coding) => coding switch { Coding.Brotli => brotli.Value, Coding.Gzip => gzip.Value, _ => Body };

    /// <summary>Whether the body in a coding is there already.</summary>
    public bool Has(Coding coding) => coding switch { Coding.Brotli => brotli.IsValueCreated, Coding.Gzip => gzip.IsValueCreated, _ => true };

    /// <summary>Whether a change makes it old.</summary>
    public bool ComesFrom(Change change) => Tags.Count == 0 || change.ConcernsAll || change.Tags.Any(Tags.Contains);

    private static int Length(Lazy<byte[]> encoded) => encoded.IsValueCreated ? encoded.Value.Length : 0;

    private static string EntityTag(ReadOnlySpan<byte> body) => $"W/\"{Base64Url.EncodeToString(XxHash128.Hash(body))}\"";
}
