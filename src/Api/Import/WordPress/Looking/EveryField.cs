using System.Collections;

namespace Api.Import.WordPress.Looking;

/// <summary>Accepts the names of all custom fields, to survey a site. Nothing read this way is stored.</summary>
internal sealed class EveryField : IReadOnlySet<string>
{
    public static readonly EveryField Instance = new();

    public int Count => 0;

    // ACF stores the key of a field's settings under its name with an underscore; other names with an underscore are internal to plugins.
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
