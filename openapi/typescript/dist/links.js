/**
 * HTML whose links to the site are paths: with the site `https://www.example.org/en`, `https://www.example.org/en/articles/x?a=1#b` becomes
 * `/articles/x?a=1#b`, like `path` beside `url` in the answers of the API. `basePath` is put before each, for a front end that has one.
 * Only `href` of `a` and `area` is looked at, and a link that is not plainly one to the site stays as it is.
 */
export function localLinks(html, siteUrl, basePath = "") {
    const site = new URL(siteUrl);
    const root = site.pathname.replace(/\/+$/, "");
    return html.replace(tag, (element, name) => {
        if (!/^a(?:rea)?$/i.test(name ?? ""))
            return element;
        return element.replace(attribute, (whole, name, double, single) => {
            if (name.toLowerCase() !== "href")
                return whole;
            const path = pathOf(double ?? single ?? "");
            const quote = double === undefined ? "'" : '"';
            return path === null ? whole : `${name}=${quote}${basePath}${path}${quote}`;
        });
    });
    /** The path of a link to the site, still escaped as in HTML; null for other links. */
    function pathOf(link) {
        const parts = /^(https?:)\/\/([^/?#]*)(\/[^?#]*)?([?#].*)?$/is.exec(link);
        // http and https are one site, except on ports of their own.
        if (!parts || parts[2]?.toLowerCase() !== site.host || (site.port !== "" && parts[1]?.toLowerCase() !== site.protocol))
            return null;
        const [path, rest] = [parts[3] ?? "/", parts[4] ?? ""];
        if (!path.startsWith(root))
            return null;
        const local = path.slice(root.length) || "/";
        // Not /english below /en. Two slashes at the beginning, also written in another way, would be an address of another host.
        return /^\/(?![/\\&\s\u0000-\u001f])/.test(local) && !/["'<>\s]/.test(local + rest) ? local + rest : null;
    }
}
// Every start tag and comment, as quoted values may hold what looks like another tag. Unclosed ones end with the text. So both expressions
// match wherever they begin to, and take time linear in the length of the text.
const tag = /<!--[^]*?(?:-->|$)|<([a-z][^\s/>]*)(?:[^"'>]|"[^"]*(?:"|$)|'[^']*(?:'|$))*(?:>|$)/gi;
const attribute = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|[^\s"'>]+))?/g;
