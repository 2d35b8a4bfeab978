using System.Diagnostics;
using System.Globalization;

namespace Api.Benchmarks;

/// <summary>
/// Twelve teasers, from a kept list of cards of the API and from the page cache of nginx in front of the WordPress that the API imported
/// them from. Needs Debian's packages <c>wordpress</c>, <c>mariadb-server</c>, <c>php-cli</c>, <c>php-mysql</c>, <c>php-xml</c>,
/// <c>php-mbstring</c> and <c>nginx</c>.
/// </summary>
internal static class Teasers
{
    private const string Cards = "/v1/articles.cards.json?limit=12";

    // What a teaser shows, as the API of WordPress has it: author, picture and categories are embedded.
    private const string Posts =
        "/wp-json/wp/v2/posts?per_page=12&_embed=author,wp:featuredmedia,wp:term&_fields=id,slug,link,title,excerpt,date,_links,_embedded";

    // The least that a theme could ask for, without author, picture and categories.
    private const string Titles = "/wp-json/wp/v2/posts?per_page=12&_fields=id,slug,link,title,excerpt,date";

    private static readonly string Folder = Path.GetFullPath(".data/benchmark-wordpress");

    public static async Task<int> Run(int posts, int rounds, int seconds)
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Path.Combine(Folder, "site"));
        foreach (
            var file in new[]
            {
                "tests/Api.EndToEnd/wordpress/router.php",
                "tests/Api.EndToEnd/wordpress/wordpress.php",
                "tests/Api.Benchmarks/teasers.php",
            }
        )
            File.Copy(file, Path.Combine(Folder, "site", Path.GetFileName(file)));
        await Shell.Run("cp", ["-r", "tests/Api.EndToEnd/wordpress/content", Path.Combine(Folder, "site")], "");
        var socket = Path.Combine(Folder, "s");
        using var database = await StartDatabase(socket);
        (string, string)[] site = [("TEST_SOCKET", socket), ("TEST_URL", "http://127.0.0.1:5071"), ("PHP_CLI_SERVER_WORKERS", "2")];
        Console.WriteLine($"making {posts} posts");
        await Shell.Run(
            "php",
            ["-d", "memory_limit=512M", Path.Combine(Folder, "site", "teasers.php"), posts.ToString(CultureInfo.InvariantCulture)],
            "It is in Debian's php-cli.",
            site
        );
        using var wordpress = await Served.Start(
            _ => $"php -S 127.0.0.1:5071 -t '{Folder}/site' '{Folder}/site/router.php'",
            Path.Combine(Folder, "php.log"),
            Titles,
            "http://127.0.0.1:5071",
            site
        );
        using var nginx = await Nginx();
        using var api = await Imported();
        var report = new List<(double Cards, double Posts, double Titles)>();
        for (var round = 0; round <= rounds; round++)
        {
            var cards = await Wrk.Drive(api.Url, [new(Cards)], seconds);
            var embedded = await Wrk.Drive(nginx.Url, [new(Posts)], seconds);
            var titles = await Wrk.Drive(nginx.Url, [new(Titles)], seconds);
            if (round > 0)
                report.Add((cards.PerSecond, embedded.PerSecond, titles.PerSecond));
        }
        Console.WriteLine(
            $"bytes: cards {(await api.Ask(Cards)).Body.Length}, posts {(await nginx.Ask(Posts)).Body.Length}, without author, picture and categories {(await nginx.Ask(Titles)).Body.Length}"
        );
        foreach (var (cards, embedded, titles) in report)
            Print($"a second: cards {cards:0}, posts {embedded:0}, titles {titles:0}");
        Print($"cards / posts {Middle(report.Select(one => one.Cards / one.Posts)):0.00}   goal at least 1.5");
        Print($"cards / titles {Middle(report.Select(one => one.Cards / one.Titles)):0.00}");
        return 0;
    }

    private static async Task<Process> StartDatabase(string socket)
    {
        string[] common = ["--no-defaults", $"--datadir={Folder}/db", $"--user={Environment.UserName}"];
        await Shell.Run(
            "mariadb-install-db",
            [.. common, "--skip-test-db", "--auth-root-authentication-method=normal"],
            "It is in Debian's mariadb-server."
        );
        await File.WriteAllTextAsync($"{Folder}/first.sql", "create database wordpress character set utf8mb4;");
        var arguments = string.Join(' ', [.. common, "--skip-networking", $"--socket={socket}", $"--init-file={Folder}/first.sql"]);
        var database = Process.Start("/bin/sh", ["-c", $"exec /usr/sbin/mariadbd {arguments} > '{Folder}/db.log' 2>&1"]);
        while (!File.Exists(socket))
            await Task.Delay(50);
        return database;
    }

    private static async Task<Served> Nginx()
    {
        Directory.CreateDirectory($"{Folder}/tmp");
        await File.WriteAllTextAsync(
            $"{Folder}/nginx.conf",
            $$"""
            daemon off;
            pid {{Folder}}/nginx.pid;
            worker_processes auto;
            events {}
            http {
                access_log off;
                sendfile on;
                tcp_nopush on;
                keepalive_requests 100000000;
                client_body_temp_path {{Folder}}/tmp/body;
                proxy_temp_path {{Folder}}/tmp/proxy;
                fastcgi_temp_path {{Folder}}/tmp/fastcgi;
                uwsgi_temp_path {{Folder}}/tmp/uwsgi;
                scgi_temp_path {{Folder}}/tmp/scgi;
                proxy_cache_path {{Folder}}/cache keys_zone=pages:10m;
                open_file_cache max=1000;
                server {
                    listen 127.0.0.1:5072;
                    location / {
                        proxy_pass http://127.0.0.1:5071;
                        proxy_cache pages;
                        proxy_cache_valid 200 1h;
                        proxy_ignore_headers Cache-Control Expires Set-Cookie Vary;
                    }
                }
            }
            """
        );
        return await Served.Start(
            _ => $"/usr/sbin/nginx -c '{Folder}/nginx.conf' -e stderr",
            $"{Folder}/nginx.log",
            Posts,
            "http://127.0.0.1:5072"
        );
    }

    private static async Task<Served> Imported()
    {
        var api = await Build.Publish();
        (string, string)[] data = [("PostgreSql__DataFolder", $"{Folder}/content")];
        Console.WriteLine("importing them");
        await Shell.Run($"{api}/Api", ["import", "wordpress", "http://127.0.0.1:5071"], "", data);
        return await Served.Start(url => $"'{api}/Api' serve --urls {url}", $"{Folder}/api.log", Cards, [.. data, .. Build.Runtime]);
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static double Middle(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
