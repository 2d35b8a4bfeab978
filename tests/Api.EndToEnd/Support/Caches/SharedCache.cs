namespace Api.EndToEnd.Support.Caches;

/// <summary>When a cache sends one request to the API for many that come at once.</summary>
internal enum Collapsing
{
    Never,

    /// <summary>Where it has an answer that is over, and sends that meanwhile.</summary>
    WhenStale,

    Always,
}

/// <summary>A program that stands between the API and its readers, with the very configuration that docs/caching.md shows.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Program">Where Debian has it.</param>
/// <param name="File">Its configuration, in docs/caching.</param>
/// <param name="Places">What of that is another while it is tested: ports, folders, and times that follow settings of the API.</param>
/// <param name="Main">What Debian has around it, as far as it matters.</param>
/// <param name="Arguments">What starts it in the foreground.</param>
internal sealed record SharedCache(
    string Name,
    string Program,
    string File,
    IReadOnlyList<(string Written, string Tested)> Places,
    string Main,
    string[] Arguments
)
{
    public static readonly IReadOnlyList<SharedCache> All =
    [
        new(
            "nginx",
            "/usr/sbin/nginx",
            "nginx.conf",
            [
                ("127.0.0.1:5080", "127.0.0.1:{api}"),
                ("listen 80;", "listen 127.0.0.1:{port};"),
                ("/var/lib/nginx/content-api", "{folder}/cache"),
            ],
            """
            daemon off;
            pid {folder}/pid;
            events {}
            http {
                access_log off;
                client_body_temp_path {folder}/tmp/body;
                proxy_temp_path {folder}/tmp/proxy;
                fastcgi_temp_path {folder}/tmp/fastcgi;
                uwsgi_temp_path {folder}/tmp/uwsgi;
                scgi_temp_path {folder}/tmp/scgi;
                include {folder}/nginx.conf;
            }

            """,
            ["-p", "{folder}", "-c", "{folder}/main", "-e", "stderr"]
        )
        {
            Collapses = Collapsing.Always,
        },
        new(
            "HAProxy",
            "/usr/sbin/haproxy",
            "haproxy.cfg",
            [("127.0.0.1:5080", "127.0.0.1:{api}"), ("bind :80", "bind 127.0.0.1:{port}")],
            """
            defaults
                mode http
                timeout connect 5000
                timeout client 50000
                timeout server 50000

            """,
            ["-db", "-f", "{folder}/main", "-f", "{folder}/haproxy.cfg"]
        )
        {
            ServesStale = false,
            ServesAnyCoding = true,
        },
        new(
            "Varnish",
            "/usr/sbin/varnishd",
            "varnish.vcl",
            [("\"5080\"", "\"{api}\""), ("15s", "{stale}s")],
            "",
            ["-F", "-a", "127.0.0.1:{port}", "-T", "none", "-f", "{folder}/varnish.vcl", "-s", "malloc,256m", "-n", "{folder}/tmp"]
        )
        {
            Collapses = Collapsing.Always,
            HasBrotli = false,
            Consumes = ["Surrogate-Key"],
        },
        new(
            "Apache",
            "/usr/sbin/apache2",
            "apache.conf",
            [("127.0.0.1:5080", "127.0.0.1:{api}"), ("*:80", "127.0.0.1:{port}"), ("/var/cache/apache2/mod_cache_disk", "{folder}/cache")],
            """
            ServerRoot /etc/apache2
            ServerName localhost
            PidFile {folder}/pid
            DefaultRuntimeDir {folder}/tmp
            Mutex file:{folder}/tmp default
            ErrorLog {folder}/errors
            Listen 127.0.0.1:{port}
            LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
            LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
            LoadModule mime_module /usr/lib/apache2/modules/mod_mime.so
            LoadModule filter_module /usr/lib/apache2/modules/mod_filter.so
            LoadModule deflate_module /usr/lib/apache2/modules/mod_deflate.so
            LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
            LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
            LoadModule cache_module /usr/lib/apache2/modules/mod_cache.so
            LoadModule cache_disk_module /usr/lib/apache2/modules/mod_cache_disk.so
            Include mods-available/mime.conf
            Include mods-available/deflate.conf
            CacheLockPath {folder}/tmp/lock
            Include {folder}/apache.conf

            """,
            ["-D", "FOREGROUND", "-f", "{folder}/main"]
        )
        {
            Collapses = Collapsing.WhenStale,
        },
        new(
            "Squid",
            "/usr/sbin/squid",
            "squid.conf",
            [("127.0.0.1 parent 5080", "127.0.0.1 parent {api}"), ("http_port 80", "http_port 127.0.0.1:{port}")],
            """
            acl Safe_ports port 80
            http_access deny !Safe_ports
            include {folder}/squid.conf
            http_access deny all
            pid_filename {folder}/pid
            cache_log {folder}/errors
            access_log none
            coredump_dir {folder}
            pinger_enable off
            refresh_pattern -i (/cgi-bin/|\?) 0 0% 0
            refresh_pattern . 0 20% 4320

            """,
            ["-N", "-f", "{folder}/main"]
        )
        {
            KeepsAge = true,
        },
    ];

    /// <summary>Traffic Server, in which only the streams are tested.</summary>
    public static readonly SharedCache TrafficServer = new(
        "Traffic Server",
        "/bin/sh",
        "trafficserver.config",
        [
            ("http://127.0.0.1:5080/v1/changes/stream @", "http://127.0.0.1:{api}/v1/changes/stream @"),
            ("http://api.example.org/ http://127.0.0.1:5080/", "http://api.example.org/ http://127.0.0.1:{api}/"),
        ],
        """
        CONFIG proxy.config.http.server_ports STRING {port}:ip-in=127.0.0.1
        CONFIG proxy.config.admin.user_id STRING #-1
        CONFIG proxy.config.log.logging_enabled INT 0
        CONFIG proxy.config.http.insert_response_via_str INT 0

        """,
        // It takes a folder of files.
        [
            "-c",
            """
            mv trafficserver.config remap.config
            mv main records.config
            echo '{folder}/cache 64M' > storage.config
            echo 'ip_allow: [{apply: in, ip_addrs: 0/0, action: allow, methods: ALL}]' > ip_allow.yaml
            cat > runroot.yaml <<END
            prefix: {folder}
            bindir: /usr/bin
            sbindir: /usr/bin
            libdir: /usr/lib/trafficserver
            libexecdir: /usr/lib/trafficserver/modules
            sysconfdir: {folder}
            datadir: {folder}/tmp
            localstatedir: {folder}/tmp
            runtimedir: {folder}/tmp
            logdir: {folder}/tmp
            cachedir: {folder}/cache
            END
            exec traffic_server --run-root={folder}/runroot.yaml
            """,
        ]
    );

    /// <summary>When it sends one request for many at once.</summary>
    public Collapsing Collapses { get; init; } = Collapsing.Never;

    /// <summary>Whether it serves answers that are over when the API gives none.</summary>
    public bool ServesStale { get; init; } = true;

    /// <summary>Whether it passes brotli on.</summary>
    public bool HasBrotli { get; init; } = true;

    /// <summary>
    /// Whether it sends what it keeps without a coding, or in another that the client takes, instead of asking for the best.
    /// </summary>
    public bool ServesAnyCoding { get; init; }

    /// <summary>Headers of the API that are meant for it, and that it takes off.</summary>
    public string[] Consumes { get; init; } = [];

    /// <summary>Whether it goes on with an <c>Age</c> when a 304 has none.</summary>
    public bool KeepsAge { get; init; }

    public override string ToString() => Name;
}
