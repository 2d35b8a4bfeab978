using System.Reflection;
using Api.Data;
using Api.Import;
using Npgsql;

namespace Api.Commands;

/// <summary>The invented organisation whose content fills a private database that has none.</summary>
internal static class DemoContent
{
    private const string Prefix = "seed/";

    /// <summary>Loads it unless there is content already.</summary>
    /// <returns>Number of items loaded; 0 when there was content.</returns>
    /// <exception cref="SetupException">A line of it is wrong.</exception>
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
            : throw new SetupException($"The demo content has mistakes, the first in line {report.Rejected[0].Line} ({report.Rejected[0].Slug}): {report.Rejected[0].Reason}");
    }

    /// <summary>All its lines, in the order of the files' names.</summary>
    public static Stream Open()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var all = new MemoryStream();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var file = assembly.GetManifestResourceStream(name)!;
            file.CopyTo(all);
            all.WriteByte((byte)'\n');
        }
        all.Position = 0;
        return all;
    }
}
