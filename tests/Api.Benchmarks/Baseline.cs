using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Api.Benchmarks;

/// <summary>The committed figures, <c>tests/Api.Benchmarks/baseline.json</c>: for each size of the corpus those of the last run.</summary>
internal static class Baseline
{
    private const string File = "tests/Api.Benchmarks/baseline.json";

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Prints the report, with what was kept before beside it, and keeps it.</summary>
    public static void Write(Corpus corpus, Report report)
    {
        report.Print();
        var all = System.IO.File.Exists(File) ? JsonNode.Parse(System.IO.File.ReadAllText(File))!.AsObject() : [];
        var size = $"{corpus.Articles.ToString(CultureInfo.InvariantCulture)} articles";
        all[size] = JsonSerializer.SerializeToNode(
            new
            {
                date = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                machine = Machine,
                postgresql = corpus.PostgresVersion,
                dotnet = Environment.Version.ToString(),
                figures = report.Figures,
            }
        );
        System.IO.File.WriteAllText(File, all.ToJsonString(Readable) + "\n");
    }

    private static string Machine
    {
        get
        {
            var line = System
                .IO.File.ReadLines("/proc/cpuinfo")
                .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
            return $"{line?.Split(':')[1].Trim() ?? "unknown processor"}, {Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)} cores, load generator beside the API";
        }
    }
}
