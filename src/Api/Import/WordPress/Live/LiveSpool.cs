using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Api.Import.WordPress.Live;

/// <summary>
/// Stores the fetched pages of a site, one file for each page, so that an interrupted run can continue. They include drafts: only the owner
/// may read the folder. One run at a time.
/// </summary>
internal sealed class LiveSpool : IDisposable
{
    // Changes when older files can no longer be read.
    private const int Format = 4;

    private static readonly JsonSerializerOptions Json = new() { IncludeFields = true, IgnoreReadOnlyProperties = true };

    private readonly string folder;
    private readonly FileStream gate;

    private LiveSpool(string folder, FileStream @lock)
    {
        this.folder = folder;
        gate = @lock;
    }

    /// <summary>When the first page was fetched, UTC; null before.</summary>
    public DateTime? Begun =>
        Directory.GetDirectories(this.folder) is { Length: > 0 } collections ? collections.Min(Directory.GetCreationTimeUtc) : null;

    /// <summary>The content of the site once it is complete; else null.</summary>
    public LiveContents? Contents => Read<LiveContents>(ContentsFile);

    private string ContentsFile => Path.Combine(this.folder, "contents.json");

    /// <exception cref="LiveException">Another run uses the folder.</exception>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    public static LiveSpool Open(LiveOptions options)
    {
        var key = string.Create(
            CultureInfo.InvariantCulture,
            $"{Format} {options.Site.AbsoluteUri} {options.User} {options.PerPage} {string.Join(' ', options.CustomFields.Order(StringComparer.Ordinal))}"
        );
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..12];
        var folder = Path.Combine(options.Folder, $"{options.Site.IdnHost.Replace(':', '-')}-{hash}");
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        FileStream taken;
        try
        {
            taken = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new LiveException($"another import of {options.Site} is running: {folder} is in use", e);
        }
        var spool = new LiveSpool(folder, taken);
        if (options.Fresh)
            spool.Clear();
        return spool;
    }

    /// <summary>A page that is stored already; else null.</summary>
    public LivePage? Find(string collection, int number) => Read<LivePage>(FileOf(collection, number));

    public void Keep(string collection, int number, LivePage page)
    {
        Directory.CreateDirectory(Path.Combine(this.folder, collection));
        Write(FileOf(collection, number), page);
    }

    /// <summary>Deletes the pages of a collection.</summary>
    public void Forget(string collection)
    {
        if (Path.Combine(this.folder, collection) is var pages && Directory.Exists(pages))
            Directory.Delete(pages, recursive: true);
    }

    /// <summary>The pages of a collection in order, one in memory at a time.</summary>
    public IEnumerable<LivePage> Pages(string collection)
    {
        for (var number = 1; Find(collection, number) is { } page; number++)
            yield return page;
    }

    /// <summary>Records that all pages are stored.</summary>
    public void Finish(LiveContents contents) => Write(ContentsFile, contents);

    /// <summary>Deletes everything after the import.</summary>
    public void Remove()
    {
        Dispose();
        Directory.Delete(this.folder, recursive: true);
    }

    public void Dispose() => gate.Dispose();

    private void Clear()
    {
        File.Delete(ContentsFile);
        foreach (var collection in Directory.EnumerateDirectories(this.folder))
            Directory.Delete(collection, recursive: true);
    }

    private string FileOf(string collection, int number) =>
        Path.Combine(this.folder, collection, number.ToString("000000", CultureInfo.InvariantCulture) + ".json");

    // An incomplete or damaged file counts as missing.
    private static T? Read<T>(string file)
        where T : class
    {
        try
        {
            using var stream = File.OpenRead(file);
            return JsonSerializer.Deserialize<T>(stream, Json);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    private static void Write<T>(string file, T value)
    {
        using (var stream = File.Create(file + ".new"))
            JsonSerializer.Serialize(stream, value, Json);
        File.Move(file + ".new", file, overwrite: true);
    }
}
