# /etc/varnish/default.vcl
vcl 4.1;
import std;
import var;
import xkey;

backend api {
    .host = "127.0.0.1";
    .port = "5080";
}

# Who may purge, with the secret: add the addresses of the API.
acl purgers {
    "localhost";
}

sub vcl_recv {
    # PURGE with "xkey: KEY KEY ..." removes the answers that have one of these keys. Change the secret: Purge__Varnish__Secret is the same text.
    if (req.method == "PURGE") {
        if (client.ip !~ purgers || req.http.X-Purge-Secret != "change-this-secret") {
            return (synth(403));
        }
        # Before anything is removed, see vcl_backend_response.
        var.global_set("purged", std.time2real(now, 0.0));
        return (synth(200, "Dropped " + xkey.purge(req.http.xkey)));
    }
    # A stream of changes is passed on as it comes. Any other way ends it after send_timeout, 10 minutes.
    if (req.url ~ "^/v1/changes/stream(\?|$)") {
        return (pipe);
    }
    unset req.http.Cookie;
    # An answer is sent for as long as Cache__StaleWhileRevalidateSeconds while a new one is fetched; when there is none to be had, for a day.
    if (req.restarts == 0) {
        set req.grace = 15s;
        unset req.http.X-Second-Try;
    } else {
        set req.grace = 1d;
        set req.http.X-Second-Try = "1";
    }
}

sub vcl_backend_fetch {
    var.set_real("begun", std.time2real(now, 0.0));
}

sub vcl_backend_response {
    if (beresp.status >= 500) {
        # It must not replace what is kept.
        if (bereq.is_bgfetch || !bereq.http.X-Second-Try) {
            return (abandon);
        }
        set beresp.ttl = 0s;
        return (deliver);
    }
    set beresp.grace = 1d;
    if (beresp.http.Surrogate-Key) {
        set beresp.http.xkey = beresp.http.Surrogate-Key;
    }
    # The life in this cache, which may be longer than that of Cache-Control (RFC 9213). The header is not kept, and neither is an earlier
    # mark: a 304 without the header would go on with them.
    unset beresp.http.X-Long-Life;
    if (beresp.http.CDN-Cache-Control ~ "max-age=[0-9]+") {
        set beresp.ttl = std.duration(regsub(beresp.http.CDN-Cache-Control, "^.*max-age=([0-9]+).*$", "\1s"), beresp.ttl) - beresp.age;
        set beresp.http.X-Long-Life = "1";
    }
    unset beresp.http.CDN-Cache-Control;
    # It was on its way while a purge arrived, and may be older than the change: it is sent, but not kept.
    if (var.get_real("begun") <= std.real(var.global_get("purged"), 0.0)) {
        set beresp.ttl = 0s;
        set beresp.grace = 0s;
        set beresp.keep = 0s;
    }
}

sub vcl_backend_error {
    return (abandon);
}

sub vcl_synth {
    if (resp.status == 503 && req.restarts == 0) {
        return (restart);
    }
}

sub vcl_deliver {
    unset resp.http.xkey;
    unset resp.http.Surrogate-Key;
    # With the age in this cache, no reader could keep the answer for the time that Cache-Control says.
    if (resp.http.X-Long-Life) {
        unset resp.http.X-Long-Life;
        unset resp.http.Age;
    }
}
