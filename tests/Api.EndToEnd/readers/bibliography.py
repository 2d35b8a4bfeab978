"""Has TeX typeset the references of all articles, converts them with pandoc and bibutils, takes the calendar into calcurse, and compares it all with the JSON."""
import datetime
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
import zoneinfo

site = sys.argv[1]
wrong = []
MONTHS = "January February March April May June July August September October November December".split()


def get(path):
    with urllib.request.urlopen(path if path.startswith("http") else site + path) as answer:
        return answer.read().decode()


def listed(path):
    items = []
    while path:
        page = json.loads(get(path))
        items += page["data"]
        path = page["links"]["next"]
    return items


def same(what, actual, expected):
    if actual != expected:
        wrong.append(f"{what}\n  is        {actual}\n  should be {expected}")


def run(folder, *command, **more):
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, env={**os.environ, "HOME": folder, **more.pop("env", {})}, **more)
    if result.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {result.returncode}:\n{result.stdout[-3000:]}{result.stderr[-3000:]}")
    return result.stdout


def title_of(article):
    return f"{article['title']}: {article['subtitle']}" if article["subtitle"] else article["title"]


def bare(text):
    """What a reader sees, whatever the breaks of lines."""
    return re.sub(r"\s", "", text).replace("\u00ad", "")


publisher = json.loads(get("/v1"))["data"]["site"]["name"]
experts = {expert["slug"]: expert for expert in listed("/v1/experts?limit=100")}
articles = listed("/v1/articles?limit=100")
bib, ris = {}, {}
for article in articles:
    address = f"/v1/articles/{urllib.parse.quote(article['slug'])}"
    bib[article["slug"]], ris[article["slug"]] = get(address + ".bib"), get(address + ".ris")


def authors_of(article):
    names = [expert["name"] for expert in article["experts"] if expert["role"] == "author"]
    return names or ([] if article["source"] else [publisher])


def read_by_tex(article):
    """Whether pdfTeX has the letters in its fonts: for others people use engines that Debian's small packages lack."""
    return not re.search(r"[^\u0000-\u00ff‘’“”–—…]", title_of(article) + "".join(authors_of(article)) + str(article["source"]))


# Typeset, each reference on a line of its own as there is room.
latin = [article for article in articles if read_by_tex(article)]
PAGE = r"\pdfpagewidth=540cm\textwidth=520cm\pdfpageheight=540cm\textheight=520cm\pagestyle{empty}\usepackage{cmap}\usepackage[T1]{fontenc}"
with tempfile.TemporaryDirectory() as folder:
    with open(f"{folder}/all.bib", "w") as file:
        file.write("".join(bib[article["slug"]] for article in latin))

    def typeset(name, head, tail, processor):
        with open(f"{folder}/{name}.tex", "w") as file:
            file.write(rf"\documentclass{{article}}{PAGE}{head}\begin{{document}}\nocite{{*}}{tail}\end{{document}}")
        for command in (["pdflatex"], processor, ["pdflatex"], ["pdflatex"]):
            # A style that finds an author missing says so and goes on, and biber checks what is printed against what it knows.
            run(folder, *command, *(["-halt-on-error", "-interaction=nonstopmode"] if command[0] == "pdflatex" else []), name)
        return run(folder, "pdftotext", "-raw", f"{name}.pdf", "-")

    def plain(article):
        names = authors_of(article)
        by = " and ".join(names) if len(names) < 3 else ", ".join(names[:-1]) + ", and " + names[-1]
        # A suffix follows a comma in this style.
        by = re.sub(r"(?<!,) (Jr\.|Sr\.|III)", r", \1", by)
        day = datetime.date.fromisoformat(article["publishedDate"])
        where = " ".join(filter(None, ["Report", article["reportNumber"]])) + f", {publisher}" if article["type"]["slug"] == "report" else article["source"]["name"] if article["source"] else publisher
        text = " ".join(part if part[-1] in ".?!" else part + "." for part in (by, title_of(article), f"{where}, {MONTHS[day.month - 1]} {day.year}") if part)
        if article["source"] and article["source"]["url"] and article["source"]["url"] != article["canonicalUrl"]:
            text += f" Originally published at {article['source']['name']}: {article['source']['url']}."
        return text

    # Each reference begins with its number.
    lines = re.split(r"\[\d+\]", bare(typeset("plain", "", r"\bibliographystyle{plain}\bibliography{all}", ["bibtex"])))
    for article in latin:
        if bare(plain(article)) not in lines:
            wrong.append(f"bibtex, plain: {article['slug']}: there is no\n  {plain(article)}\n  but {[line for line in lines if bare(title_of(article)) in line]}")
    typeset("linked", r"\usepackage{hyperref}", r"\bibliographystyle{plainurl}\bibliography{all}", ["bibtex"])

    text = bare(typeset("biber", r"\usepackage[style=authoryear,maxbibnames=99,dashed=false]{biblatex}\addbibresource{all.bib}", r"\printbibliography", ["biber", "--quiet"]))
    # Each ends with its address: after that there is nothing, no language, no note, no second address.
    found = sorted((text.find(bare(f"url: {article['canonicalUrl']}.")), article["slug"], article) for article in latin)
    start = len("References")
    for end, _, article in found:
        reference = text[start:end]
        start = end + len(bare(f"url: {article['canonicalUrl']}."))
        parts = [bare(title_of(article)), bare(article["source"]["name"] if article["source"] else publisher), *[bare(name.replace(",", "").split()[-1]) for name in authors_of(article)]]
        if end < 0 or not all(part in reference for part in parts) or reference.count("http") != reference.count("Originallypublishedat"):
            wrong.append(f"biber: {article['slug']}: {reference}")

    with open(f"{folder}/all.bib", "w") as file:
        file.write("".join(bib.values()))
    with open(f"{folder}/all.ris", "w", newline="") as file:
        file.write("".join(ris.values()))

    # pandoc, by both readings.
    for reading in ("bibtex", "biblatex"):
        read = {reference["id"]: reference for reference in json.loads(run(folder, "pandoc", "-f", reading, "-t", "csljson", "all.bib"))}
        same(f"pandoc, {reading}: entries", len(read), len(articles))
        for article in articles:
            if re.search(r"\\textbrace", bib[article["slug"]].split("author", 1)[0]):
                continue  # of braces without a partner this version of it knows no name
            reference = read[re.match(r"@\w+\{([^,]+),", bib[article["slug"]])[1]]
            names = [name.get("literal") or " ".join(filter(None, (name.get(part) for part in ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")))) for name in reference.get("author", [])]
            same(f"pandoc, {reading}: {article['slug']}",
                 (reference["title"], names, "-".join(f"{part:02}" for part in reference["issued"]["date-parts"][0]), reference["URL"], reference.get("DOI"), reference.get("container-title") or reference.get("publisher")),
                 (title_of(article), [name.replace(",", "") for name in authors_of(article)], article["publishedDate"], article["canonicalUrl"], article["doi"],
                  article["source"]["name"] if article["source"] else publisher))

    # bibutils; of TeX it does not know the names of < > | \.
    for reader, source in (("bib2xml", "all.bib"), ("ris2xml", "all.ris")):
        with open(f"{folder}/{source}.xml", "w") as file:
            file.write(run(folder, reader, source))
        back = run(folder, "xml2ris", f"{source}.xml")
        read = {re.search(r"^ID  - (\S+)", one, re.M)[1]: dict(re.findall(r"^(TI|UR|DO|PY)  - (.*)$", one, re.M)) | {"AU": re.findall(r"^AU  - (.*)$", one, re.M)}
                for one in back.split("ER  -") if "TY  -" in one}
        same(f"{reader}: entries", len(read), len(articles))
        for article in articles:
            title, names = title_of(article), authors_of(article)
            if source.endswith("bib") and re.search(r"[<>|\\^]", title):
                continue
            # In RIS it takes only prefixes of four digits for those of DOIs.
            doi = article["doi"] if source.endswith("bib") or re.match(r"10\.\d{4}/", article["doi"] or "") else None
            reference = read[re.search(r"^ID  - (\S+)", ris[article["slug"]], re.M)[1]]
            same(f"{reader}: {article['slug']}", (reference["TI"], reference["PY"], reference.get("DO")), (title, article["publishedDate"][:4], doi))
            # In RIS it takes bodies and whole names apart, which no reference can forbid.
            if source.endswith("bib") or all(experts[expert["slug"]]["givenName"] for expert in article["experts"]) and article["experts"]:
                same(f"{reader}: authors of {article['slug']}", len(reference["AU"]), len(names))

    # calcurse, on three clocks. It marks notes by a hash, and keeps a day of 25 hours as one that is repeated until itself.
    def without_marks(line):
        line = re.sub(r"(\d\d:\d\d)(>\S*)? ?\|", r"\1|", re.sub(r"(\[1\].*?) >[0-9a-f]{40} ", r"\1 ", line))
        return re.sub(r"^(\S+) \[1\] \{1D -> \1\} ", r"\1 [1] ", line)

    events = listed("/v1/events?limit=100&when=all")
    with open(f"{folder}/events.ics", "w", newline="") as file:
        file.write(get("/v1/events.ics?when=all&limit=100"))
    marks = {"cancelled": "Cancelled: ", "postponed": "Postponed: "}
    for zone in ("UTC", "America/New_York", "Asia/Tokyo"):
        os.makedirs(f"{folder}/{zone}")
        run(folder, "calcurse", "-D", f"{folder}/{zone}", "-q", "-i", "events.ics", env={"TZ": zone})
        with open(f"{folder}/{zone}/apts") as file:
            read = sorted(without_marks(line.rstrip("\n")) for line in file)

        def at(text):
            return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(zoneinfo.ZoneInfo(zone)).strftime("%m/%d/%Y @ %H:%M")

        def line(event):
            title = f"{marks.get(event['status'], '')}{event['title']}"
            if not event["allDay"]:
                return f"{at(event['startsAt'])} -> {at(event['endsAt'] or event['startsAt'])}|{title}"
            # Whole days are the same days on every clock.
            first, last = (datetime.date.fromisoformat(event[member]).strftime("%m/%d/%Y") for member in ("startsOn", "endsOn"))
            return f"{first} [1] {'' if first == last else '{1D -> ' + last + '} '}{title}"

        same(f"calcurse in {zone}", read, sorted(line(event) for event in events))

print(f"{len(articles)} articles, {len(latin)} of them typeset, {len(events)} events")
if wrong:
    sys.exit("\n".join(wrong[:30]))
