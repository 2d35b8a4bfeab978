using System.Diagnostics;
using System.Globalization;
using Api.Data.Delivery;
using Api.Settings;
using Serilog;
using Serilog.Events;
using Serilog.Filters;
using Serilog.Formatting.Compact;

namespace Api.Hosting;

/// <summary>
/// One log line per request: method, route template, status, milliseconds, round trips to the database, trace id. Addresses are never
/// logged as sent, because they may contain a user's search.
/// </summary>
internal static class RequestLog
{
    private const string Line = "{RequestMethod} {Route} {StatusCode} {Elapsed:0.0} ms {RoundTrips} sql {TraceId}";

    private static readonly Setting Level = new("Serilog:MinimumLevel:Default", "level")
    {
        Default = nameof(LogEventLevel.Information),
        Range = string.Join(", ", Enum.GetNames<LogEventLevel>().Select(level => $"`{level}`")),
        Effect =
            "Least level of log lines. A request has one line at `Information`, at `Debug` when it is answered from the cache, at `Warning` when it is refused with 503 (not by `/readyz`), and at `Error` when it fails. `Serilog__MinimumLevel__Override__NAME` sets the level of one source.",
    };

    /// <summary>ASP.NET reads it.</summary>
    internal static readonly Setting EnvironmentSetting = new(HostDefaults.EnvironmentKey, "word")
    {
        Variable = "ASPNETCORE_ENVIRONMENT",
        IsInFiles = false,
        Default = Environments.Production,
        Effect = "In `Production` log lines are compact JSON when standard output is not a terminal. Else they are readable text.",
    };

    /// <summary>
    /// Configures Serilog: readable text on a terminal and in Development, otherwise compact JSON. <c>Serilog__MinimumLevel__…</c> sets
    /// levels.
    /// </summary>
    public static void AddRequestLog(this IServiceCollection services, IHostEnvironment environment) =>
        services.AddSerilog(
            (provider, log) =>
            {
                log.MinimumLevel.Is(Enum.Parse<LogEventLevel>(Level.Default))
                    .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
                    .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
                    .ReadFrom.Configuration(provider.GetRequiredService<IConfiguration>())
                    // Drops the two Information lines that ASP.NET logs per request: they contain the query.
                    .Filter.ByExcluding(line =>
                        line.Level == LogEventLevel.Information && Matching.FromSource("Microsoft.AspNetCore.Hosting.Diagnostics")(line)
                    );
                if (environment.IsProduction() && Console.IsOutputRedirected)
                    log.WriteTo.Sink(new BatchedConsole(new CompactJsonFormatter()), BatchedConsole.Batching);
                else
                    log.WriteTo.Console(
                        outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}",
                        formatProvider: CultureInfo.InvariantCulture
                    );
            }
        );

    /// <summary>Adds the middleware. It must come before all other middleware it logs, to see their status.</summary>
    public static void UseRequestLog(this WebApplication app)
    {
        app.UseSerilogRequestLogging(options =>
        {
            options.MessageTemplate = Line;
            options.GetLevel = (context, _, exception) => LevelOf(Route(context), context.Response.StatusCode, exception is not null);
            options.GetMessageTemplateProperties = (context, _, elapsed, status) =>
                [
                    new("RequestMethod", new ScalarValue(context.Request.Method)),
                    new("Route", new ScalarValue(Route(context))),
                    new("StatusCode", new ScalarValue(status)),
                    new("Elapsed", new ScalarValue(elapsed)),
                    new("RoundTrips", new ScalarValue(DeliverySession.Current?.RoundTrips ?? 0)),
                    new("TraceId", new ScalarValue(Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier)),
                ];
        });
    }

    /// <summary>
    /// The level of a request's line: <c>Error</c> for faults, <c>Warning</c> for 503, <c>Information</c> for the others, also for
    /// <c>/readyz</c> saying that the process is not ready. Pure.
    /// </summary>
    /// <param name="route">The route template.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="hasFailed">Whether an exception got this far.</param>
    internal static LogEventLevel LevelOf(string route, int status, bool hasFailed) =>
        (route, status) switch
        {
            _ when hasFailed => LogEventLevel.Error,
            (Health.ReadyPath, StatusCodes.Status503ServiceUnavailable) => LogEventLevel.Information,
            (_, StatusCodes.Status503ServiceUnavailable) => LogEventLevel.Warning,
            (_, >= StatusCodes.Status500InternalServerError) => LogEventLevel.Error,
            _ => LogEventLevel.Information,
        };

    private static string Route(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
}
