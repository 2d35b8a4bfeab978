using System.Collections;

namespace Api.Import.WordPress.Looking;

/// <summary>The names of all custom fields there may be, for a look at what a site has. Nothing that is read so is stored.</summary>
internal sealed class EveryField : IReadOnlySet<string>
{
    public static readonly EveryField Instance = new();

    public int Count => 0;

    // ACF keeps the key of a field's settings under its name with an underscore; what else begins so is a plugin's own.
    public bool Contains(string item) => true;

    public bool IsProperSubsetOf(IEnumerable<string> other) => false;
    public bool IsProperSupersetOf(IEnumerable<string> other) => true;
    public bool IsSubsetOf(IEnumerable<string> other) => false;
    public bool IsSupersetOf(IEnumerable<string> other) => true;
    public bool Overlaps(IEnumerable<string> other) => true;
    public bool SetEquals(IEnumerable<string> other) => false;
    public IEnumerator<string> GetEnumerator() => Enumerable.Empty<string>().GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
