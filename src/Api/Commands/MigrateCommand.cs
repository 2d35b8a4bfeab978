using System.CommandLine;
using Api.Hosting;

namespace Api.Commands;

/// <summary><c>migrate</c>: brings the database up to date and creates the delivery login.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the database of ConnectionStrings__Content (else the private one) up to date.");
        command.SetAction((_, cancel) => Migrate(cancel));
        return command;
    }

    private static async Task<int> Migrate(CancellationToken cancel)
    {
        var builder = ApiHost.CreateBuilder();
        await using var server = await ContentServer.Open(builder.Configuration, builder.Environment.ContentRootPath, cancel);
        var ran = await server.Migrate(cancel);
        foreach (var name in ran)
            Console.WriteLine(name);
        Console.WriteLine(ran.Count == 0 ? "The database was up to date." : $"{ran.Count} migration(s) ran; the database is up to date.");
        return 0;
    }
}
