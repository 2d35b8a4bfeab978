using System.Text;
using AngleSharp.Dom;

namespace Api.Import.Html;

/// <summary>Sanitised HTML as plain text.</summary>
internal static class BodyText
{
    /// <summary>The text below a node: one line for each block, white space collapsed (not in <c>pre</c>), no empty lines.</summary>
    public static string Of(INode root)
    {
        var text = new Lines();
        Append(root, text, verbatim: false);
        return text.ToString();
    }

    private static void Append(INode node, Lines text, bool verbatim)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText run)
            {
                text.Add(run.Data, verbatim);
                continue;
            }
            if (child is not IElement element)
                continue;
            if (element.LocalName is "math")
            {
                text.Add(BodyMath.TextOf(element), verbatim: false);
                continue;
            }
            var block = element.LocalName is "br" || BodyRules.Blocks.Contains(element.LocalName);
            if (block)
                text.Break();
            Append(element, text, verbatim || element.LocalName is "pre");
            if (block)
                text.Break();
            else if (element.LocalName is "td" or "th")
                text.Add(" ", verbatim: false);
        }
    }

    private sealed class Lines
    {
        private readonly StringBuilder text = new();
        private bool space;

        public void Add(string run, bool verbatim)
        {
            foreach (var c in run)
            {
                if (verbatim && c == '\n')
                    Break();
                else if (char.IsWhiteSpace(c))
                    space = true;
                else
                    Append(c);
            }
        }

        public void Break()
        {
            space = false;
            if (this.text.Length > 0 && this.text[^1] != '\n')
                this.text.Append('\n');
        }

        public override string ToString() => this.text.ToString().TrimEnd('\n');

        private void Append(char c)
        {
            if (space && this.text.Length > 0 && this.text[^1] != '\n')
                this.text.Append(' ');
            space = false;
            this.text.Append(c);
        }
    }
}
