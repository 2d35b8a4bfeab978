using System.CommandLine;
using Api.Data;
using Api.Data.Server;
using Api.Hosting;
using Api.Import.WordPress.Live;
using Api.Settings;

namespace Api.Commands;

/// <summary><c>import wordpress</c>: an export file, or a running site.</summary>
internal static class WordPressCommand
{
    internal const string PasswordVariable = "WORDPRESS_APPLICATION_PASSWORD";

    internal static readonly Setting Password = new(PasswordVariable, "text")
    {
        DefaultNote = "none",
        Effect = "The application password of the WordPress user of `follow wordpress` and of `import wordpress URL --user NAME`.",
    };

    private static readonly Argument<string> Source = new("FILE|URL") { Description = "Export to read, or address of a running site." };
    private static readonly Option<string?> Mapping = new("--mapping")
    {
        Description = "File that says what custom post types, taxonomies and terms are here.",
        HelpName = "FILE",
    };
    private static readonly Option<string?> User = new("--user")
    {
        Description =
            $"Of a site: a WordPress user, with an application password in {PasswordVariable}. "
            + "Without it, only public content is fetched.",
        HelpName = "NAME",
    };
    private static readonly Option<int> Concurrency = new("--concurrency")
    {
        Description = "Of a site: requests at the same time, 1 to 8.",
        DefaultValueFactory = _ => 2,
    };
    private static readonly Option<int> Delay = new("--delay")
    {
        Description = "Of a site: milliseconds between two requests, up to 60000.",
        HelpName = "MS",
    };
    private static readonly Option<bool> Fresh = new("--fresh")
    {
        Description = "Of a site: fetch again what an interrupted run has fetched.",
    };

    private static readonly Option<bool> Check = new("--check")
    {
        Description = "Say on one page what will come through and what will not. Fetches little and stores nothing.",
    };
    private static readonly Option<string?> Propose = new("--propose-mapping")
    {
        Description =
            "Write a mapping file for the custom post types, taxonomies and fields that nobody has explained, instead of importing.",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        Bound(Concurrency, 1, 8);
        Bound(Delay, 0, 60_000);
        var command = new Command(
            "wordpress",
            "A WordPress export (WXR 1.0 to 1.2) or a running site, as described in docs/moving-from-wordpress.md."
        )
        {
            Source,
            Mapping,
            Check,
            Propose,
            User,
            Concurrency,
            Delay,
            Fresh,
            ImportCommand.DryRun,
            ImportCommand.Report,
        };
        command.SetAction(
            async (parsed, cancel) =>
                parsed.GetValue(Check) || parsed.GetValue(Propose) is not null
                    ? await WordPressLooking.Run(
                        parsed.GetValue(Source)!,
                        IsAddress(parsed) ? Options(parsed) : null,
                        parsed.GetValue(Mapping),
                        parsed.GetValue(Check),
                        parsed.GetValue(Propose),
                        cancel
                    )
                    : await ImportCommand.Import(await Open(parsed, cancel), parsed, cancel)
        );
        return command;
    }

    private static bool IsAddress(ParseResult parsed) =>
        parsed.GetValue(Source)!.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || parsed.GetValue(Source)!.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static async Task<ImportSource> Open(ParseResult parsed, CancellationToken cancel) =>
        IsAddress(parsed)
            ? await ImportSource.Site(Options(parsed), parsed.GetValue(Mapping), cancel)
            : ImportSource.WordPress(parsed.GetValue(Source)!, parsed.GetValue(Mapping), cancel);

    private static LiveOptions Options(ParseResult parsed)
    {
        if (!Uri.TryCreate(parsed.GetValue(Source), UriKind.Absolute, out var site) || site.UserInfo.Length > 0)
            throw new SetupException(
                $"This is no address of a site, such as https://example.org. A user goes into --user, the password into {PasswordVariable}."
            );

        var builder = ApiHost.CreateBuilder();
        var user = parsed.GetValue(User);
        var password = user is null ? null : Password.Find(builder.Configuration);
        if (user is not null && (string.IsNullOrWhiteSpace(password) || user.Contains(':', StringComparison.Ordinal)))
            throw new SetupException(
                $"--user needs a name without a colon, and an application password (Users → Profile) in the environment variable {PasswordVariable}."
            );
        return new LiveOptions
        {
            Site = site,
            Folder = Path.Combine(
                PrivatePostgresSettings.From(builder.Configuration, builder.Environment.ContentRootPath).DataFolder,
                "wordpress"
            ),
            User = user,
            Password = password,
            Concurrency = parsed.GetValue(Concurrency),
            Delay = TimeSpan.FromMilliseconds(parsed.GetValue(Delay)),
            Fresh = parsed.GetValue(Fresh),
        };
    }

    internal static void Bound(Option<int> option, int least, int most) =>
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var value) && (value < least || value > most))
                result.AddError($"{option.Name} may be {least} to {most}.");
        });
}
