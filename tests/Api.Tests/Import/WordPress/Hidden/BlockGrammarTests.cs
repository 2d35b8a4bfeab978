using Api.Import.WordPress.Hidden;
using CsCheck;

namespace Api.Tests.Import.WordPress.Hidden;

/// <summary>Whatever is written into a text, the words that are left are those that WordPress's parser leaves.</summary>
public class BlockGrammarTests
{
    private const string Flag = """{"metadata":{"blockVisibility":false}}""";

    // Beginnings, ends and blocks without inside, hidden and not, with right names and wrong ones; and things that are nearly one.
    private static readonly string[] Pieces =
    [
        "<!-- wp:a -->",
        $"<!-- wp:a {Flag} -->",
        "<!-- /wp:a -->",
        "<!-- wp:core/b -->",
        $"<!--  wp:b\t{Flag}\n-->",
        "<!-- /wp:b -->",
        "<!-- wp:c /-->",
        $"<!-- wp:c {Flag} /-->",
        "<!-- /wp:a /-->",
        $"<!--wp:a {Flag} -->",
        "<!-- /wp:a-->",
        "<!-- wp:A -->",
        $"<!-- wp:a {Flag}-->",
        "<!-- wp:a { -->",
        "<!-- comment -->",
        "<!--",
        "-->",
        "}",
        "{",
        "word",
    ];

    [Fact]
    public void Hidden_words_are_those_that_WordPress_hides() =>
        Gen.Int[0, Pieces.Length - 1]
            .Select(n => Pieces[n])
            .Array[0, 30]
            .Sample(
                pieces =>
                {
                    // Words are numbered, to be told apart.
                    var text = string.Concat(pieces.Select((piece, n) => piece == "word" ? $" w{n}. " : piece));
                    Assert.Equal(WordsOf(Rendered(text)), WordsOf(HiddenText.Cut(text, HiddenRules.None, new HiddenParts())));
                },
                iter: 20_000,
                threads: 1
            );

    private static string WordsOf(string text) =>
        string.Join(' ', System.Text.RegularExpressions.Regex.Matches(text, @"w\d+\.").Select(word => word.Value));

    // The algorithm of WordPress's parser: a regular expression finds the comments, a stack holds the open blocks, and a closing comment
    // closes the innermost one.
    private static string Rendered(string text)
    {
        const string Comment =
            @"<!--[ \t\n\r\f\v]+(?<end>/)?wp:(?:[a-z][a-z0-9_-]*/)?[a-z][a-z0-9_-]*[ \t\n\r\f\v]+(?:(?<json>{(?:(?:(?!}[ \t\n\r\f\v]+/?-->).)*)?})[ \t\n\r\f\v]+)?(?<empty>/)?-->";
        var shown = new System.Text.StringBuilder();
        var open = new Stack<bool>();
        var at = 0;
        foreach (
            System.Text.RegularExpressions.Match comment in System.Text.RegularExpressions.Regex.Matches(
                text,
                Comment,
                System.Text.RegularExpressions.RegexOptions.Singleline | System.Text.RegularExpressions.RegexOptions.ExplicitCapture
            )
        )
        {
            Show(text[at..comment.Index]);
            at = comment.Index + comment.Length;
            if (comment.Groups["empty"].Success)
                continue;
            if (!comment.Groups["end"].Success)
                // Settings that are no JSON, but speak of visibility, hide as well.
                open.Push(comment.Groups["json"].Value.Contains("isibility", StringComparison.Ordinal));
            else if (open.Count > 0)
                open.Pop();
        }
        Show(text[at..]);
        return shown.ToString();

        void Show(string piece)
        {
            if (!open.Contains(true))
                shown.Append(piece);
        }
    }
}
