using System.Globalization;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace Api.Data.Server;

/// <summary>
/// The files of a private PostgreSQL server: its data and log, the passwords and lock of this program, and the folder of its socket.
/// </summary>
internal sealed class PrivateFolder
{
    // sun_path holds 107 bytes, ".s.PGSQL.5432" included, and the path of a checkout may be long: so the socket has a short folder of its
    // own in /tmp.
    private const int HashLength = 12;

    private readonly string root;

    private PrivateFolder(string root, string hash, ServerAccount account)
    {
        this.root = root;
        Name = hash;
        Account = account;
        Socket = OperatingSystem.IsWindows() ? "127.0.0.1" : Path.Combine("/tmp", hash);
    }

    /// <summary>The account the server runs under.</summary>
    public ServerAccount Account { get; }

    /// <summary>PostgreSQL's <c>cluster_name</c>, which identifies the server among the processes of the machine.</summary>
    public string Name { get; }

    /// <summary>The host to connect to: the folder of the Unix socket, on Windows the loopback address.</summary>
    public string Socket { get; }

    /// <summary>The files of the running server in <see cref="Socket"/>: the socket and its lock file. None on Windows.</summary>
    public IReadOnlyList<string> SocketFiles =>
        OperatingSystem.IsWindows() ? [] : [Path.Combine(Socket, ".s.PGSQL.5432"), Path.Combine(Socket, ".s.PGSQL.5432.lock")];

    public string Data => Path.Combine(Server, "data");

    public string Log => Path.Combine(Server, "log");

    /// <summary>Folder for packages with programs that the server's account runs.</summary>
    public string Packages { get; private init; } = "";

    /// <summary>The data folder while it is being created.</summary>
    public string Unfinished => Path.Combine(Server, "unfinished");

    public string PostmasterPid => Path.Combine(Data, "postmaster.pid");

    /// <summary>File that records the installation the running server was started from, see <see cref="StartedFrom"/>.</summary>
    public string StartedFrom => Path.Combine(Server, "started-from");

    /// <summary>Major version of the data; null without data.</summary>
    public int? DataVersion =>
        File.Exists(Path.Combine(Data, "PG_VERSION"))
            ? int.Parse(File.ReadAllText(Path.Combine(Data, "PG_VERSION")), CultureInfo.InvariantCulture)
            : null;

    private string Server => Path.Combine(root, "server");

    /// <summary>Creates missing folders.</summary>
    /// <exception cref="SetupException">A folder belongs to another user.</exception>
    public static async Task<PrivateFolder> Open(PrivatePostgresSettings settings, CancellationToken cancel)
    {
        var wanted = Path.GetFullPath(settings.DataFolder);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wanted)))[..HashLength];
        try
        {
            Directory.CreateDirectory(wanted);
            var account = await ServerAccount.Choose(Path.Combine(wanted, "server"), cancel);
            var root = wanted;
            if (!OperatingSystem.IsWindows() && !await account.MayEnter(wanted, cancel))
            {
                root = Path.Combine("/var/tmp", hash);
                account = await ServerAccount.Choose(Path.Combine(root, "server"), cancel);
                await MakeOwnFolder(root, cancel);
            }
            var folder = new PrivateFolder(root, hash, account) { Packages = await PackageFolder(account, root, cancel) };
            await account.MakePrivateFolder(folder.Server, cancel);
            if (!OperatingSystem.IsWindows())
                await account.MakePrivateFolder(folder.Socket, cancel);
            return folder;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new SetupException(
                $"{e.Message} It belongs to another user: start as that user, or set PostgreSql__DataFolder to a folder of your own.",
                e
            );
        }
    }

    /// <summary>Creates the socket folder again if a cleanup of temporary files has removed it.</summary>
    /// <exception cref="UnauthorizedAccessException">Another user has created one in the meantime.</exception>
    public async Task KeepSocketFolder(CancellationToken cancel)
    {
        // A folder with other permissions was created by another user.
        if (!OperatingSystem.IsWindows() && !(Directory.Exists(Socket) && File.GetUnixFileMode(Socket) == ServerAccount.PrivateMode))
            await Account.MakePrivateFolder(Socket, cancel);
    }

    /// <summary>
    /// Takes the lock for starting and stopping this server; waits while another process holds it. Dispose it to release the lock.
    /// </summary>
    public async Task<IDisposable> Lock(CancellationToken cancel)
    {
        while (true)
        {
            if (TryLock() is { } held)
                return held;
            await Task.Delay(50, cancel);
        }
    }

    /// <summary>Takes the lock of <see cref="Lock"/>; null while another process holds it.</summary>
    public IDisposable? TryLock()
    {
        try
        {
            return new FileStream(Path.Combine(root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException))
        {
            return null;
        }
    }

    /// <summary>The passwords of this server; generated the first time.</summary>
    /// <exception cref="SetupException">The file with the passwords is missing although there is data.</exception>
    public PrivatePasswords Passwords()
    {
        var file = Path.Combine(root, "passwords.json");
        if (PrivatePasswords.Read(file) is { } known)
            return known;
        return DataVersion is null
            ? PrivatePasswords.Make(file)
            : throw new SetupException(
                $"{file} is missing, and the data in {Data} cannot be read without it: restore it, or delete {Server} to begin again with the demo content."
            );
    }

    // The cache of the checkout, shared by servers with folders of their own (tests), if the account has access to it.
    private static async Task<string> PackageFolder(ServerAccount account, string root, CancellationToken cancel)
    {
        var shared = Path.Combine(Checkout.Find(root), ".data");
        return Directory.Exists(shared) && await account.MayEnter(shared, cancel) && IsWritable(shared) ? shared : root;
    }

    private static bool IsWritable(string folder)
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(folder, Path.GetRandomFileName()),
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    Options = FileOptions.DeleteOnClose,
                }
            );
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Every user may write to /var/tmp, so an existing folder is trusted only if root owns it.
    [UnsupportedOSPlatform("windows")]
    private static async Task MakeOwnFolder(string folder, CancellationToken cancel)
    {
        Directory.CreateDirectory(
            folder,
            UnixFileMode.UserRead
                | UnixFileMode.UserWrite
                | UnixFileMode.UserExecute
                | UnixFileMode.GroupExecute
                | UnixFileMode.OtherExecute
        );
        var owner = await Tool.Run("stat", ["-c", "%u %F", folder], cancel);
        if (owner.Output != "0 directory")
            throw new SetupException($"{folder} was made by somebody else; remove it, or set PostgreSql__DataFolder.");
    }
}
