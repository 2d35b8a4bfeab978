# /etc/varnish/default.vcl
vcl 4.1;
import xkey;

backend api {
    .host = "127.0.0.1";
    .port = "5080";
}

acl editors {
    "localhost";
}

sub vcl_recv {
    # PURGE with "xkey: KEY KEY ..." removes the answers that have one of these keys.
    if (req.method == "PURGE") {
        if (client.ip !~ editors) {
            return (synth(403));
        }
        return (synth(200, "Dropped " + xkey.purge(req.http.xkey)));
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
    set beresp.http.xkey = beresp.http.Surrogate-Key;
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
}
