using System.Text;

namespace Api.Purging;

/// <summary>What one request to purge may name.</summary>
/// <param name="Keys">The most keys.</param>
/// <param name="Bytes">The most bytes (UTF-8), with one between two keys; <see cref="int.MaxValue"/> for no limit.</param>
internal readonly record struct KeyLimit(int Keys, int Bytes = int.MaxValue)
{
    /// <summary>Divides keys into requests, in their order. A key longer than the limit stands alone. Pure.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Split(IEnumerable<string> keys)
    {
        var parts = new List<List<string>>();
        var bytes = 0;
        foreach (var key in keys)
        {
            var more = Encoding.UTF8.GetByteCount(key) + 1;
            if (parts is [.., var last] && last.Count < Keys && bytes + more <= Bytes)
            {
                last.Add(key);
                bytes += more;
            }
            else
            {
                parts.Add([key]);
                bytes = more - 1;
            }
        }
        return parts;
    }
}
