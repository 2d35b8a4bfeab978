namespace Api.Data;

/// <summary>Finds the root folder of this checkout.</summary>
internal static class Checkout
{
    private const string Marker = "Api.sln";

    /// <summary>
    /// The folder with <c>Api.sln</c> above the binaries or above <paramref name="contentRoot"/>; <paramref name="contentRoot"/> itself
    /// when there is none, as in a published build.
    /// </summary>
    public static string Find(string contentRoot) => Above(AppContext.BaseDirectory) ?? Above(contentRoot) ?? contentRoot;

    private static string? Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, Marker)))
                return at.FullName;
        }
        return null;
    }
}
