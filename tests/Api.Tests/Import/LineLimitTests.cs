using System.Globalization;
using Api.Contracts.Text;
using Api.Data;
using Api.Import;
using Api.Import.Lines;
using Api.Import.Lines.Values;

namespace Api.Tests.Import;

/// <summary>The table of limits in docs/import-format.md.</summary>
public class LineLimitTests
{
    [Fact]
    public async Task The_document_says_the_limits_that_are_checked()
    {
        var document = await File.ReadAllTextAsync(
            Path.Combine(Checkout.Find(AppContext.BaseDirectory), "docs", "import-format.md"),
            TestContext.Current.CancellationToken
        );
        string[] rows =
        [
            $"line | {NdjsonReader.MaxLineBytes / 1024 / 1024} MiB",
            $"title | {Size(LineLimits.Title)} characters",
            $"other one-line text | {Size(LineLimits.Line)} characters",
            $"summary, description | {Size(LineLimits.Summary)} characters",
            $"topics of an item, the primary one included | {Size(LineLimits.Topics)}",
            $"experts of an item | {Size(LineLimits.Experts)}",
            $"files, corrections of an item | {Size(LineLimits.Files)} each",
            $"translations | {Size(LineLimits.Translations)} (a group of {Size(LineLimits.Translations + 1)} articles)",
            $"`version` | {Size(ItemLine.MaxVersion)}",
            $"menu | {Size(LineLimits.MenuEntries)} entries, eight levels deep",
            $"URL | {Size(WebAddress.MaxLength)} characters once encoded",
        ];
        Assert.All(rows, row => Assert.Contains($"| {row} |", document, StringComparison.Ordinal));
        Assert.Contains($"NFC, at most {Slug.MaxBytes} bytes of UTF-8", document, StringComparison.Ordinal);
        Assert.Equal((LineLimits.Files, 8), (LineLimits.Corrections, LineLimits.MenuLevels));
    }

    private static string Size(int size) => size.ToString("N0", CultureInfo.InvariantCulture);
}
