/**
 * HTML whose links to the site are paths: with the site `https://www.example.org/en`, `https://www.example.org/en/articles/x?a=1#b` becomes
 * `/articles/x?a=1#b`, like `path` beside `url` in the answers of the API. `basePath` is put before each, for a front end that has one.
 * Only `href` of `a` and `area` is looked at, and a link that is not plainly one to the site stays as it is.
 */
export declare function localLinks(html: string, siteUrl: string, basePath?: string): string;
