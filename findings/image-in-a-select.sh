#!/usr/bin/env bash
# One would guess: an image in an option of a <select>, which the HTML standard allows since lists of choices can be styled, is an image for AngleSharp: one of document.Images, written without an end tag.
# True: inside of a select AngleSharp makes every element an unknown one. The image is not among the document's images, what follows a <br> or <img> stands inside of it, and both are written
# with end tags that HTML does not have. Taken out of the select, as sanitisers do that keep what an element holds, it is written as <img></img>; only parsing that once more makes an image of it.
# Who meets it: importers and sanitisers on AngleSharp that move or keep elements of a select, and compare bytes of a second run with those of the first. Versions: AngleSharp 1.9.0, .NET 10.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > read.cs <<'CS'
#:package AngleSharp@1.9.0
#:property PublishAot=false
using AngleSharp.Html.Parser;

var failed = false;
void Show(string what, object actual, object expected)
{
    Console.WriteLine($"{what}: {actual}");
    if (Equals(actual, expected)) return;
    Console.WriteLine($"  no longer {expected}");
    failed = true;
}
Console.WriteLine($"AngleSharp {typeof(HtmlParser).Assembly.GetName().Version}, .NET {Environment.Version}");
var parser = new HtmlParser();
var inside = parser.ParseDocument("<select><option><img src=map.png>North<br>South</select>");
Show("images of the document", inside.Images.Length, 0);
Show("its class", inside.QuerySelector("img")!.GetType().Name, "HtmlUnknownElement");
Show("the option", inside.QuerySelector("option")!.InnerHtml, "<img src=\"map.png\">North<br>South</br></img>");
var outside = parser.ParseDocument("<p><img src=map.png>North<br>South</p>");
Show("images of the same in a paragraph", outside.Images.Length, 1);
Show("the paragraph", outside.QuerySelector("p")!.InnerHtml, "<img src=\"map.png\">North<br>South");
return failed ? 1 : 0;
CS
dotnet run read.cs
