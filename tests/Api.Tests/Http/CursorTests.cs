using System.Buffers.Text;
using Api.Http.Parameters;
using CsCheck;

namespace Api.Tests.Http;

public class CursorTests
{
    private static readonly byte[] Binding = Cursor.Bind("/v1/articles\ntopic=china", "-publishedAt", "sv");

    private static readonly Gen<Cursor> Cursors =
        from number in Gen.Long
        from text in Gen.Null(Gen.String[Gen.Char['\u0001', '\ud7ff'], 0, 40])
        from id in Gen.Guid
        from backward in Gen.Bool
        from ticks in Gen.Long[0, DateTime.MaxValue.Ticks]
        select new Cursor(new Position(number, text, id), backward, new DateTime(ticks, DateTimeKind.Utc));

    [Fact]
    public void What_is_written_is_read_back() =>
        Cursors.Sample(cursor =>
        {
            var written = cursor.Write(Binding);
            return Cursor.TryRead(written, out var read, out var binding) && read == cursor && binding.SequenceEqual(Binding);
        });

    [Fact]
    public void A_changed_character_is_noticed() =>
        Gen.Select(Cursors, Gen.Int[0, 10_000], Gen.Char.AlphaNumeric)
            .Sample(
                (cursor, at, character) =>
                {
                    var written = cursor.Write(Binding).ToCharArray();
                    at %= written.Length;
                    if (written[at] == character)
                        return true;
                    written[at] = character;
                    return !Cursor.TryRead(new string(written), out _, out _);
                }
            );

    [Fact]
    public void A_cut_cursor_is_noticed() =>
        Gen.Select(Cursors, Gen.Int[0, 10_000])
            .Sample(
                (cursor, length) =>
                {
                    var written = cursor.Write(Binding);
                    return !Cursor.TryRead(written[..(length % written.Length)], out _, out _);
                }
            );

    [Fact]
    public void Anything_else_is_no_cursor() =>
        Gen.OneOf(Gen.String, Gen.Byte.Array[0, 120].Select(bytes => Base64Url.EncodeToString(bytes)))
            .Sample(text => !Cursor.TryRead(text, out _, out _));

    [Theory]
    [InlineData("/v1/articles\ntopic=china", "publishedAt")]
    [InlineData("/v1/articles\ntopic=asia", "-publishedAt")]
    [InlineData("/v1/events\ntopic=china", "-publishedAt")]
    public void Another_list_binds_otherwise(string canonical, string sort) => Assert.NotEqual(Binding, Cursor.Bind(canonical, sort, "sv"));

    [Fact]
    public void A_sort_key_takes_a_byte_for_each_of_its_own()
    {
        byte[] key = [0xC6, 0x80, 0x01, 0x05, 0xFF];
        var written = new Cursor(Position.At(key, Guid.Empty), false, DateTime.UnixEpoch).Write(Binding);
        Assert.True(Cursor.TryRead(written, out var read, out _));
        Assert.Equal(key, read.Position.Key);
        Assert.Equal((50 + key.Length) * 4 / 3, written.Length, 1.0);
    }

    [Theory]
    [InlineData("title")]
    [InlineData("-name")]
    public void Another_order_of_titles_binds_otherwise(string sort) =>
        Assert.NotEqual(Cursor.Bind("/v1/articles", sort, "sv"), Cursor.Bind("/v1/articles", sort, "en"));

    [Fact]
    public void The_order_of_titles_does_not_matter_to_a_list_in_order_of_time() =>
        Assert.Equal(Binding, Cursor.Bind("/v1/articles\ntopic=china", "-publishedAt", "en"));

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void A_forged_number_stays_within_what_can_be_asked(long number)
    {
        var position = new Position(number, null, Guid.Empty);
        Assert.Equal(DateTimeKind.Utc, position.Instant.Kind);
        Assert.Equal(number < 0 ? int.MinValue : int.MaxValue, position.Count);
    }

    [Fact]
    public void An_instant_keeps_its_microseconds()
    {
        var instant = new DateTime(2024, 5, 6, 14, 30, 1, DateTimeKind.Utc).AddMicroseconds(123_456);
        Assert.Equal(instant, Position.At(instant, Guid.Empty).Instant);
    }
}
