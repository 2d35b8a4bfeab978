using System.CommandLine;

namespace Api.Commands;

/// <summary><c>import</c>: brings content in from a file.</summary>
internal static class ImportCommand
{
    public static Command Create() => new("import", "Bring content in.")
    {
        Reader("ndjson", "Newline-delimited JSON, as described in docs/import-format.md.", "File to read; - for standard input."),
        Reader("wordpress", "A WordPress export (WXR 1.0 to 1.2).", "File to read."),
    };

    private static Command Reader(string name, string description, string fileDescription)
    {
        var file = new Argument<string>("FILE") { Description = fileDescription };
        return new Command(name, description) { file };
    }
}
