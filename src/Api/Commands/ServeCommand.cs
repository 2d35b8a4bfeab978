using System.CommandLine;
using Api.Data;
using Api.Data.Delivery;
using Api.Data.Server;
using Api.Hosting;
using Api.Import;
using Api.Preview;
using Api.Settings;
using Npgsql;

namespace Api.Commands;

/// <summary><c>serve</c>: answers requests until Ctrl-C or SIGTERM.</summary>
internal static class ServeCommand
{
    public const string DefaultUrl = "http://localhost:5080";

    private const int MostChecks = 10;

    // How long the addresses are kept back while the content is read; requests are answered before.
    private static readonly TimeSpan ReadingWait = TimeSpan.FromSeconds(30);

    private static readonly Setting MigrateOnStart = new("Database:MigrateOnStart", "`true` or `false`")
    {
        Default = "false",
        Range = "`true`, `false`",
        Effect =
            "`true`: `serve` migrates the database. Else it stops when the database is behind. A private PostgreSQL is always migrated.",
    };

    // ASP.NET's own ways to name an address; the ports are what the container image sets.
    private static readonly Setting[] Addresses =
    [
        new(WebHostDefaults.ServerUrlsKey, "list of URLs, separated by `;`")
        {
            Variable = "ASPNETCORE_URLS",
            Default = DefaultUrl,
            Effect = "Addresses on which `serve` listens. `--urls` takes precedence.",
        },
        new(WebHostDefaults.HttpPortsKey, "list of ports, separated by `;`")
        {
            Variable = "ASPNETCORE_HTTP_PORTS",
            DefaultNote = "none; in the container image `8080`",
            Effect = "Listens on these ports of all network interfaces, by HTTP.",
        },
        new(WebHostDefaults.HttpsPortsKey, "list of ports, separated by `;`")
        {
            Variable = "ASPNETCORE_HTTPS_PORTS",
            DefaultNote = "none",
            Effect = "The same by HTTPS.",
        },
    ];

    private static readonly Setting Endpoints = new("Kestrel:Endpoints", "section")
    {
        Variable = "Kestrel__Endpoints__NAME__Url",
        DefaultNote = "none",
        Effect =
            "Addresses with certificates, as the [manual of Kestrel](https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/endpoints) describes.",
    };

    public static Command Create()
    {
        var urls = new Option<string?>("--urls")
        {
            Description = $"Addresses to listen on, separated by semicolons (default {DefaultUrl}).",
        };
        var command = new Command("serve", "Serve the API. This is the default without a command.") { urls };
        command.SetAction((parsed, cancel) => Serve(parsed.GetValue(urls), cancel));
        return command;
    }

    /// <param name="urls">Addresses to listen on; null for those in the configuration, otherwise the default.</param>
    /// <param name="cancel">Drains requests and stops.</param>
    public static async Task<int> Serve(string? urls, CancellationToken cancel)
    {
        var builder = ApiHost.CreateBuilder();
        if (urls is not null || !NamesAddress(builder.Configuration))
            builder.WebHost.UseUrls(urls ?? DefaultUrl);

        // Building the host takes as long as starting a private server, so both run in parallel.
        Connections? connections = null;
        var building = Task.Run(() => Build(builder, () => connections!), cancel);
        await using var server = await ContentServer.Open(builder.Configuration, builder.Environment.ContentRootPath, cancel);
        connections = server.Connections;
        await server.Prepare(server.IsPrivate || MigrateOnStart.IsOn(builder.Configuration), cancel);
        await using var app = await building;
        var log = app.Services.GetRequiredService<ILogger<Supervisor>>();
        server.Supervise(sentence => log.LogWarning("{Sentence}", sentence));

        await RefuseUnsafeLogin(
            app.Services.GetRequiredService<DeliveryDatabase>(),
            DeliveryLogin.Public,
            server.Connections.Delivery,
            cancel
        );
        if (server.Connections.Preview is { } preview)
            await RefuseUnsafeLogin(app.Services.GetRequiredService<PreviewDatabase>().Login!, DeliveryLogin.Previews, preview, cancel);
        if (
            server.IsPrivate
            && await DemoContent.LoadIfEmpty(
                app.Services.GetRequiredService<ContentDatabase>(),
                app.Services.GetRequiredService<Importer>(),
                cancel
            )
                is > 0
                    and var items
        )
            Console.WriteLine($"The database was empty: {items} items of demo content loaded.");
        await Start(app, cancel);
        // A reader who opens a printed address finds all content.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancel, app.Lifetime.ApplicationStopping);
        var isComplete = await app.Services.GetRequiredService<ReadinessCheck>().UntilRead(ReadingWait, stopping.Token);
        foreach (var url in stopping.IsCancellationRequested ? [] : app.Urls)
            Console.WriteLine($"{url}/         home\n{url}/swagger  try it out\n{url}/v1       the API");
        if (!isComplete && !stopping.IsCancellationRequested)
            Console.WriteLine("The content is still being read into memory. When it has been, /readyz answers 200.");
        await app.WaitForShutdownAsync(cancel);
        return 0;
    }

    private static bool NamesAddress(ConfigurationManager configuration) =>
        Addresses.Any(setting => !string.IsNullOrEmpty(setting.Find(configuration))) || Endpoints.IsSection(configuration);

    private static WebApplication Build(WebApplicationBuilder builder, Func<Connections> connections)
    {
        try
        {
            return ApiHost.Build(builder, connections);
        }
        catch (InvalidOperationException e) when (e.Message.StartsWith("The setting ", StringComparison.Ordinal))
        {
            throw new SetupException(e.Message, e);
        }
    }

    private static async Task RefuseUnsafeLogin(IQueries database, LoginPurpose purpose, string connection, CancellationToken cancel)
    {
        var login = new NpgsqlConnectionStringBuilder(connection).Username ?? "";
        try
        {
            if (await Complaint() is { } complaint)
                throw new SetupException(complaint);
        }
        catch (NpgsqlException e) when (SharedSessionException.In(e) is null)
        {
            throw new SetupException(
                $"The {purpose.Name} login '{login}' cannot log in, or the server is too busy to check it ({e.Message.ReplaceLineEndings(" ")}): run 'dotnet run --project src/Api -- migrate', or correct {purpose.Variable}.",
                e
            );
        }

        // On a busy server the check may exceed the statement timeout of this login.
        async Task<string?> Complaint()
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await DeliveryCheck.Complaint(database, purpose, login, cancel);
                }
                catch (NpgsqlException e)
                    when (attempt < MostChecks && (e.SqlState == PostgresErrorCodes.QueryCanceled || e.InnerException is TimeoutException))
                {
                    await Task.Delay(TimeSpan.FromSeconds(1), cancel);
                }
            }
        }
    }

    private static async Task Start(WebApplication app, CancellationToken cancel)
    {
        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new SetupException(
                $"{e.Message.TrimEnd('.')}. Stop the other program (perhaps an earlier run of this one), or choose another address with --urls.",
                e
            );
        }
    }
}
