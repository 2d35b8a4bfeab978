using Api.EndToEnd.Support;
using Api.Tests.Support;

namespace Api.EndToEnd;

/// <summary>What readers that nobody here wrote make of each format.</summary>
public class ReaderTests(ReaderSite site, NodeTools node) : IClassFixture<ReaderSite>
{
    [Fact]
    public async Task Feed_readers_calendars_and_reference_managers_find_what_the_json_says() => await node.Run("readers/feeds.mjs", site.Address);

    [Fact]
    public async Task Reference_managers_find_the_authors_titles_dates_and_addresses_of_every_article() => await node.Run("readers/citations.mjs", site.Address);

    [Fact]
    public async Task Linked_data_is_of_the_types_it_says() => await node.Run("readers/linked-data.mjs", site.Address);

    [Fact]
    public async Task References_are_typeset_and_converted_and_calendars_read_as_the_json_says()
    {
        Need(
            ("/usr/bin/bib2xml", "bibutils"), ("/usr/bin/pandoc", "pandoc"), ("/usr/bin/biber", "biber"), ("/usr/bin/pdflatex", "texlive-latex-base"), ("/usr/bin/calcurse", "calcurse"), ("/usr/bin/pdftotext", "poppler-utils"),
            ("/usr/share/texlive/texmf-dist/tex/latex/biblatex/biblatex.sty", "texlive-bibtex-extra"), ("/usr/share/texlive/texmf-dist/tex/latex/etoolbox/etoolbox.sty", "texlive-latex-recommended"));
        await node.Execute("/usr/bin/python3", ["readers/bibliography.py", site.Address], TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Debians_readers_do_too_and_schemas_find_the_xml_valid()
    {
        Tools.Need("python3", "python3-feedparser", "python3-bibtexparser", "libxml2-utils");
        await node.Execute("/usr/bin/python3", ["readers/feeds.py", site.Address], TestContext.Current.CancellationToken);
    }

    private static void Need(params (string File, string Package)[] tools) =>
        Assert.True(tools.All(tool => File.Exists(tool.File)), string.Join('\n', tools.Where(tool => !File.Exists(tool.File)).Select(tool => $"{tool.Package} is missing: ./test installs it.")));
}
