namespace Api.Data.Server;

/// <summary>
/// The operating system account of the private PostgreSQL. PostgreSQL refuses to run as root, so a root process switches to another
/// account.
/// </summary>
internal sealed class ServerAccount
{
    private const string Dedicated = "content-postgres";

    /// <summary>The account of this process.</summary>
    public static readonly ServerAccount Current = new([]);

    /// <summary>Permissions of folders from <see cref="MakePrivateFolder"/>.</summary>
    public const UnixFileMode PrivateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string[] prefix;

    private ServerAccount(string[] prefix) => this.prefix = prefix;

    /// <summary>Numeric <c>uid:gid</c> that owns the folders; null for the current account.</summary>
    public string? Owner { get; private init; }

    /// <summary>
    /// The current account. For root: the owner of <paramref name="dataFolder"/> if it exists, otherwise <c>postgres</c>, otherwise a new
    /// system account.
    /// </summary>
    public static async Task<ServerAccount> Choose(string dataFolder, CancellationToken cancel)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            return Current;
        if (Directory.Exists(dataFolder))
        {
            var owner = await Tool.Run("stat", ["-c", "%u:%g", dataFolder], cancel);
            if (owner.Succeeded && !owner.Output.StartsWith("0:", StringComparison.Ordinal))
                return await Drop(owner.Output.Split(':'), cancel);
        }
        var ids = await Ids("postgres", cancel) ?? await Ids(Dedicated, cancel);
        if (ids is null)
        {
            await Tool.Run("useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", Dedicated], cancel);
            ids =
                await Ids(Dedicated, cancel)
                ?? throw new SetupException(
                    "PostgreSQL does not run as root, and no account 'postgres' exists: create one, or start as another user."
                );
        }
        return await Drop(ids, cancel);
    }

    /// <summary>Runs a program under this account.</summary>
    public Task<ToolResult> Run(string file, IEnumerable<string> arguments, CancellationToken cancel) =>
        prefix.Length == 0 ? Tool.Run(file, arguments, cancel) : Tool.Run(prefix[0], [.. prefix[1..], file, .. arguments], cancel);

    /// <summary>Whether this account may enter a folder; false for a checkout below a home folder of mode 0700, such as root's.</summary>
    public async Task<bool> MayEnter(string folder, CancellationToken cancel) =>
        prefix.Length == 0 || (await Run("test", ["-x", folder], cancel)).Succeeded;

    /// <summary>Creates a folder that only this account and root can enter.</summary>
    public async Task MakePrivateFolder(string folder, CancellationToken cancel)
    {
        if (new DirectoryInfo(folder).LinkTarget is not null)
            throw new SetupException($"{folder} is a link; remove it.");
        Directory.CreateDirectory(folder);
        await HandOver(folder, cancel);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, PrivateMode);
    }

    /// <summary>Makes this account the owner of a file or folder.</summary>
    public async Task HandOver(string path, CancellationToken cancel)
    {
        if (Owner is null)
            return;
        var result = await Tool.Run("chown", ["-h", Owner, path], cancel);
        if (!result.Succeeded)
            throw new SetupException($"Cannot give {path} to the account PostgreSQL runs under: {result.LastLine}");
    }

    private static async Task<string[]?> Ids(string name, CancellationToken cancel)
    {
        var user = await Tool.Run("id", ["-u", name], cancel);
        var group = await Tool.Run("id", ["-g", name], cancel);
        return user.Succeeded && group.Succeeded ? [user.Output, group.Output] : null;
    }

    private static async Task<ServerAccount> Drop(string[] ids, CancellationToken cancel)
    {
        string[] setpriv = ["setpriv", $"--reuid={ids[0]}", $"--regid={ids[1]}", "--clear-groups"];
        if ((await Tool.Run(setpriv[0], [.. setpriv[1..], "true"], cancel)).Succeeded)
            return new ServerAccount(setpriv) { Owner = $"{ids[0]}:{ids[1]}" };
        var name = await Tool.Run("id", ["-nu", ids[0]], cancel);
        return new ServerAccount(["runuser", "-u", name.Output, "--"]) { Owner = $"{ids[0]}:{ids[1]}" };
    }
}
