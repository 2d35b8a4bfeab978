using Api.EndToEnd.Support;
using Api.Tests.Support;

namespace Api.EndToEnd;

/// <summary>What readers that nobody here wrote make of each format.</summary>
public class ReaderTests(ReaderSite site, NodeTools node) : IClassFixture<ReaderSite>
{
    [Fact]
    public async Task Feed_readers_calendars_and_reference_managers_find_what_the_json_says() =>
        await node.Run("readers/feeds.mjs", site.Address);

    [Fact]
    public async Task Reference_managers_find_the_authors_titles_dates_and_addresses_of_every_article() =>
        await node.Run("readers/citations.mjs", site.Address);

    [Fact]
    public async Task Linked_data_is_of_the_types_it_says() => await node.Run("readers/linked-data.mjs", site.Address);

    [Fact]
    public async Task References_are_typeset_and_converted_and_calendars_read_as_the_json_says()
    {
        Tools.Need(
            "python3",
            "bibutils",
            "pandoc",
            "biber",
            "texlive-latex-base",
            "texlive-latex-recommended",
            "texlive-bibtex-extra",
            "calcurse",
            "poppler-utils"
        );
        await node.Execute("/usr/bin/python3", ["readers/bibliography.py", site.Address], TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Debians_readers_do_too_and_schemas_find_the_xml_valid()
    {
        Tools.Need("python3", "python3-feedparser", "python3-bibtexparser", "libxml2-utils");
        await node.Execute("/usr/bin/python3", ["readers/feeds.py", site.Address], TestContext.Current.CancellationToken);
    }
}
