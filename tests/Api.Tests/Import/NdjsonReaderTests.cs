using System.Text;
using Api.Import;
using Api.Import.Lines;

namespace Api.Tests.Import;

public class NdjsonReaderTests
{
    [Fact]
    public async Task Lines_keep_their_numbers_and_blank_ones_are_skipped()
    {
        var lines = await Read("\uFEFF{\"a\":1}\r\n\n  \n{\"b\":2}\n{\"c\":3}");
        Assert.Equal(
            [(1, "{\"a\":1}"), (4, "{\"b\":2}"), (5, "{\"c\":3}")],
            lines.Select(line => (line.Number, Encoding.UTF8.GetString(line.Json.Span)))
        );
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_named_and_the_next_one_read()
    {
        var lines = await Read(new string('x', NdjsonReader.MaxLineBytes * 2 + 5) + "\n{}\n");
        Assert.Equal([(1, true), (2, false)], lines.Select(line => (line.Number, line.Problem is not null)));
    }

    private static async Task<List<ImportLine>> Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await NdjsonReader.Read(stream, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }
}
