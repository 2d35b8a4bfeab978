using System.Globalization;
using Api.Benchmarks;

// What can be asked for is in README.md.
return args switch
{
    ["search", .. var rest] => await Searches.Run(Number(rest, 0, 1_000_000), Number(rest, 1, 200), rest.Length > 2 ? rest[2] : ""),
    ["syndication", .. var rest] => await Syndication.Run(Number(rest, 0, 1_000_000), Number(rest, 1, 200)),
    ["index", .. var rest] => Indexes.Run(Number(rest, 0, 1_000_000), Number(rest, 1, 500)),
    ["commits", .. var rest] => await Commits.Run(Number(rest, 0, 100_000), Number(rest, 1, 1_000), Number(rest, 2, 50)),
    ["live", .. var rest] => await Live.Run(Number(rest, 0, 10_000), Number(rest, 1, 1_000), Number(rest, 2, 100)),
    ["mute", .. var rest] => await Mute.Run(
        Number(rest, 0, 10_000),
        Number(rest, 1, 10_000),
        Number(rest, 2, 10),
        Number(rest, 3, 5),
        rest.Length > 4 ? rest[4] : ""
    ),
    ["previews", .. var rest] => await Previews.Run(Number(rest, 0, 100_000), Number(rest, 1, 5), Number(rest, 2, 3)),
    ["robots", .. var rest] => await Robots.Run(Number(rest, 0, 10_000), Number(rest, 1, 10), Number(rest, 2, 3)),
    ["wordpress", .. var rest] => await Teasers.Run(Number(rest, 0, 200), Number(rest, 1, 5), Number(rest, 2, 4)),
    ["kestrel", var url, var folder] => await BareKestrel.Serve(url, folder),
    [] or [[>= '0' and <= '9', ..], ..] => await Delivery.Run(Number(args, 0, 10_000), Number(args, 1, 5), Number(args, 2, 4)),
    _ => Refuse(),
};

static int Number(string[] values, int place, int otherwise) =>
    values.Length > place ? int.Parse(values[place], CultureInfo.InvariantCulture) : otherwise;

static int Refuse()
{
    Console.Error.WriteLine(
        "usage: [articles [rounds [seconds]]] | search [articles [samples [part of a name]]] | syndication [articles [samples]] | index [articles [samples]] | commits [articles [commits [a second]]] | live [articles [listeners [commits]]] | mute [articles [streams [seconds [rounds [kept or uncached]]]]] | previews [articles [rounds [seconds]]] | robots [articles [seconds [rounds]]] | wordpress [posts [rounds [seconds]]]"
    );
    return 1;
}
