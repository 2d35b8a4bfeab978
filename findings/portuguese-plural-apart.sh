#!/usr/bin/env bash
# One would guess: the Snowball stemmer for Portuguese brings singular and plural of one of the commonest endings together: eleição (election) and eleições.
# True: in Lucene.Net it does not. The two keep different stems, with accents and without, so a search for the one does not find the other. PortugueseMinimalStemmer, run before it, brings
# them together; PortugueseLightStemmer does so too.
# Who meets it: whoever searches Portuguese texts with SnowballFilter, or with an analyzer that is made of it.
# Versions: Lucene.Net.Analysis.Common 4.8.0-beta00017, .NET 10.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > stem.cs <<'CS'
#:package Lucene.Net.Analysis.Common@4.8.0-beta00017
#:property PublishAot=false
#:property NoWarn=NU1603;NU1608
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.Pt;
using Lucene.Net.Analysis.Snowball;
using Lucene.Net.Analysis.TokenAttributes;
using Portuguese = Lucene.Net.Tartarus.Snowball.Ext.PortugueseStemmer;
using Lucene.Net.Util;

string Stem(string word, Func<TokenStream, TokenStream> filter)
{
    using var stream = filter(new WhitespaceTokenizer(LuceneVersion.LUCENE_48, new StringReader(word)));
    var term = stream.AddAttribute<ICharTermAttribute>();
    stream.Reset();
    stream.IncrementToken();
    return term.ToString();
}

(string Name, Func<TokenStream, TokenStream> Filter)[] filters =
[
    ("Snowball", input => new SnowballFilter(input, new Portuguese())),
    ("minimal, then Snowball", input => new SnowballFilter(new PortugueseMinimalStemFilter(input), new Portuguese())),
    ("light", input => new PortugueseLightStemFilter(input)),
];
foreach (var (name, filter) in filters)
{
    string[] stems = ["eleição", "eleições", "nação", "nações"];
    Console.WriteLine($"{name}: {string.Join(' ', stems.Select(word => Stem(word, filter)))}");
}
CS
echo "Lucene.Net.Analysis.Common 4.8.0-beta00017, .NET SDK $(dotnet --version)"
dotnet run stem.cs | tee out
read -r a b c d < <(sed -n 's/^Snowball: //p' out)
[ "$a" != "$b" ] && [ "$c" != "$d" ]
read -r a b c d < <(sed -n 's/^minimal, then Snowball: //p' out)
[ "$a" = "$b" ] && [ "$c" = "$d" ]
read -r a b c d < <(sed -n 's/^light: //p' out)
[ "$a" = "$b" ] && [ "$c" = "$d" ]
