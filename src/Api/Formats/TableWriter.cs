using System.Buffers;
using System.Globalization;
using System.Text;
using Api.Http.Answers;
using Api.Http.Parameters;
using CsvHelper.Configuration;

namespace Api.Formats;

/// <summary>A column of a CSV table.</summary>
/// <param name="Name">Its name in the header row.</param>
/// <param name="Value">The value of its cell; null or empty for an empty cell.</param>
internal sealed record CsvColumn<T>(string Name, Func<T, string?> Value);

/// <summary>
/// Writes lists as CSV tables (RFC 4180): a header row, one row per item, CRLF line ends, UTF-8 without a byte order mark.
/// </summary>
internal static class TableWriter
{
    // Characters that some reader takes for a separator: spreadsheets expect the semicolon in locales with a decimal comma, and detect the
    // tab.
    private static readonly SearchValues<char> Separators = SearchValues.Create(",;\t|\"\r\n");

    // Spreadsheets run a cell that starts with =, +, -, @, a tab or a line end as a formula; a leading apostrophe makes it text.
    private static readonly CsvConfiguration Settings = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\r\n",
        InjectionOptions = InjectionOptions.Escape,
        InjectionCharacters = ['=', '+', '-', '@', '\t', '\r', '\n'],
        ShouldQuote = cell =>
            cell.Field is { Length: > 0 } text && (text.AsSpan().ContainsAny(Separators) || text[0] == ' ' || text[^1] == ' '),
    };

    /// <summary>The CSV format of a list of <typeparamref name="T"/>.</summary>
    public static ListFormat<T> Of<T>(IReadOnlyList<CsvColumn<T>> columns) => new(Format.Csv, (_, page) => Write(page.Data, columns));

    /// <summary>Writes the table. Pure.</summary>
    public static ReadOnlyMemory<byte> Write<T>(IReadOnlyList<T> items, IReadOnlyList<CsvColumn<T>> columns)
    {
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, new UTF8Encoding(false)))
        using (var csv = new CsvHelper.CsvWriter(text, Settings))
        {
            foreach (var column in columns)
                csv.WriteField(column.Name);
            csv.NextRecord();
            foreach (var item in items)
            {
                foreach (var column in columns)
                    csv.WriteField(column.Value(item));
                csv.NextRecord();
            }
        }
        return bytes.ToArray();
    }
}

/// <summary>Formats the values of cells.</summary>
internal static class Cell
{
    /// <summary>RFC 3339, UTC.</summary>
    public static string? Of(DateTime? instant) => instant?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    public static string Of(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    public static string Of(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Of(bool flag) => flag ? "true" : "false";

    /// <summary>Values joined by semicolons; a semicolon within a value becomes a comma.</summary>
    public static string Of(IEnumerable<string> values) => string.Join(';', values.Select(value => value.Replace(';', ',')));

    /// <summary>URLs joined by semicolons; a semicolon within a URL is percent-encoded.</summary>
    public static string OfUrls(IEnumerable<string> urls) =>
        string.Join(';', urls.Select(url => url.Replace(";", "%3B", StringComparison.Ordinal)));
}
