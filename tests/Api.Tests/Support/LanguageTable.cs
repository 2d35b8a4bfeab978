using Api.Data;

namespace Api.Tests.Support;

/// <summary>The table of <c>docs/languages.md</c>.</summary>
internal static class LanguageTable
{
    /// <summary>A row of the table; the last two are empty where no dictionary is used.</summary>
    public sealed record Row(string Language, string Without, string With, string Package);

    public static IReadOnlyList<Row> Rows() =>
        [
            .. File.ReadLines(Path.Combine(Checkout.Find(AppContext.BaseDirectory), "docs", "languages.md"))
                .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
                .Where(cells => cells.Length == 8 && cells[4].Contains(" of ", StringComparison.Ordinal))
                .Select(cells => new Row(cells[2].Trim('`'), cells[4], cells[5], cells[6].Trim('`'))),
        ];
}
