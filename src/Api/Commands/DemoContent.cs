using System.Reflection;
using Api.Data;
using Api.Import;
using Npgsql;

namespace Api.Commands;

/// <summary>The demo content of an invented organisation, loaded into an empty private database.</summary>
internal static class DemoContent
{
    private const string Prefix = "seed/";

    /// <summary>Loads the demo content if the database has no content.</summary>
    /// <returns>Number of items loaded; 0 when the database has content.</returns>
    /// <exception cref="SetupException">A line of the demo content is invalid.</exception>
    public static async Task<long> LoadIfEmpty(ContentDatabase content, Importer importer, CancellationToken cancel)
    {
        await using (NpgsqlCommand command = content.DataSource.CreateCommand("select exists (select from content.items)"))
        {
            if (await command.ExecuteScalarAsync(cancel) is true)
                return 0;
        }
        using var lines = Open();
        var report = await importer.Run(NdjsonReader.Read(lines, cancel), new ImportOptions(), cancel);
        return report.Succeeded
            ? report.Created
            : throw new SetupException(
                $"The demo content has mistakes, the first in line {report.Rejected[0].Line} ({report.Rejected[0].Slug}): {report.Rejected[0].Reason}"
            );
    }

    /// <summary>All lines of the demo content, in the order of the file names.</summary>
    public static Stream Open()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var all = new MemoryStream();
        foreach (
            var name in assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        )
        {
            using var file = assembly.GetManifestResourceStream(name)!;
            file.CopyTo(all);
            all.WriteByte((byte)'\n');
        }
        all.Position = 0;
        return all;
    }
}
