using System.CommandLine;
using Api.Data;
using Api.Hosting;
using Api.Http.Site;
using Api.Import;
using Api.Import.WordPress.Following;
using Api.Import.WordPress.Live;
using Api.Import.WordPress.Mapping;
using Api.Settings;

namespace Api.Commands;

/// <summary><c>follow</c>: imports the changes of a site that is still being edited.</summary>
internal static class FollowCommand
{
    private static readonly Setting UserSetting = new("Follow:User", "text")
    {
        DefaultNote = "none: what visitors see is followed",
        Range = "without a colon",
        Effect = "The WordPress user of `follow wordpress`.",
    };

    private static readonly Argument<string?> Site = new("URL")
    {
        Description = "Address of the site, such as https://www.example.org",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private static readonly Option<int> Every = new("--every")
    {
        Description = "Seconds between two checks for changes, 1 to 86400.",
        DefaultValueFactory = _ => 60,
        HelpName = "SECONDS",
    };
    private static readonly Option<bool> Once = new("--once") { Description = "Catch up and exit, instead of following until Ctrl-C." };
    private static readonly Option<bool> AcceptRemovals = new("--accept-removals")
    {
        Description = "Remove items that are gone from the site, however many they are.",
    };
    private static readonly Option<bool> PrintPlugin = new("--print-plugin")
    {
        Description = "Print a plugin that reports changes of the site at once, with a new secret, and exit.",
    };

    public static Command Create()
    {
        WordPressCommand.Bound(Every, 1, 86_400);
        WordPressCommand.Bound(Delay, 0, 60_000);
        var command = new Command(
            "wordpress",
            "A running WordPress site, as described in docs/following-wordpress.md. The user and the application password are the settings Follow__User and WORDPRESS_APPLICATION_PASSWORD."
        )
        {
            Site,
            Every,
            Mapping,
            Delay,
            Once,
            AcceptRemovals,
            PrintPlugin,
        };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(PrintPlugin) == (parsed.GetValue(Site) is not null))
                parsed.AddError("Give the address of a site, or --print-plugin alone.");
        });
        command.SetAction((parsed, cancel) => parsed.GetValue(PrintPlugin) ? Print() : Follow(parsed, cancel));
        return new Command("follow", "Import the changes of a site that is still being edited.") { command };
    }

    private static Option<string?> Mapping { get; } =
        new("--mapping") { Description = "File that says what custom post types, taxonomies and terms are here.", HelpName = "FILE" };

    private static Option<int> Delay { get; } =
        new("--delay") { Description = "Milliseconds between two requests, up to 60000.", HelpName = "MS" };

    private static async Task<int> Print()
    {
        var (plugin, secret, address) = HookPlugin.Write(PublicUrl.Setting.Find(ApiHost.CreateBuilder().Configuration));
        await Console.Out.WriteAsync(plugin);
        await Console.Error.WriteLineAsync(
            $"Save this as wp-content/mu-plugins/content-api-hook.php. It calls {address}; give 'serve' the setting Follow__HookSecret={secret}"
        );
        return 0;
    }

    private static async Task<int> Follow(ParseResult parsed, CancellationToken cancel)
    {
        if (
            !Uri.TryCreate(parsed.GetValue(Site), UriKind.Absolute, out var site)
            || site.Scheme is not ("http" or "https")
            || site.UserInfo.Length > 0
        )
            throw new SetupException(
                "This is no address of a site, such as https://example.org. A user goes into the setting Follow__User, the password into WORDPRESS_APPLICATION_PASSWORD."
            );
        var builder = ApiHost.CreateBuilder();
        var (user, password) = (
            UserSetting.Find(builder.Configuration) is { Length: > 0 } name ? name : null,
            WordPressCommand.Password.Find(builder.Configuration)
        );
        if (user is not null && (string.IsNullOrWhiteSpace(password) || user.Contains(':', StringComparison.Ordinal)))
            throw new SetupException(
                $"Follow__User needs a name without a colon, and an application password (Users → Profile) in {WordPressCommand.PasswordVariable}."
            );
        if (user is not null && site.Scheme != "https" && !site.IsLoopback)
            throw new SetupException($"{site} would carry the application password in the clear: use https.");
        var mapping = parsed.GetValue(Mapping) is { } file
            ? new WordPressMapping(ImportSource.ReadMappingFile(file))
            : WordPressMapping.Default;

        await using var server = await ContentServer.Open(builder.Configuration, builder.Environment.ContentRootPath, cancel);
        await server.Prepare(server.IsPrivate, cancel);
        server.Supervise(Console.Error.WriteLine);
        await using var content = new ContentDatabase(server.Connections);
        await using (var connection = await content.DataSource.OpenConnectionAsync(cancel))
            await ImportCommand.RefuseCopy(connection, cancel);
        var options = new LiveOptions
        {
            Site = site,
            Folder = "",
            User = user,
            Password = user is null ? null : password,
            CustomFields = mapping.CustomFields,
            Delay = TimeSpan.FromMilliseconds(parsed.GetValue(Delay)),
        };
        var settings = new FollowSettings(
            TimeSpan.FromSeconds(parsed.GetValue(Every)),
            parsed.GetValue(Once),
            parsed.GetValue(AcceptRemovals)
        );
        await new Follower(
            content,
            new Importer(content, SiteSettings.From(builder.Configuration), TimeProvider.System),
            options,
            mapping,
            settings
        )
        {
            Tell = Console.WriteLine,
        }.Run(cancel);
        return 0;
    }
}
