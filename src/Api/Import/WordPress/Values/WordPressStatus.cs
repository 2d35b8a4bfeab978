namespace Api.Import.WordPress.Values;

/// <summary>Maps the status of WordPress items. An item that is not public in WordPress is not public here.</summary>
internal static class WordPressStatus
{
    /// <summary>The <c>publicationStatus</c> of an item.</summary>
    /// <param name="status">The item's <c>wp:status</c>.</param>
    /// <param name="password">Its <c>wp:post_password</c>: a password makes the item private, because it protects the text.</param>
    /// <param name="dated">False when no date can be parsed: a published item needs one.</param>
    public static string Of(string status, string password, bool dated) =>
        status switch
        {
            "publish" or "future" when password.Length > 0 => "private",
            "publish" when dated => "published",
            "future" when dated => "scheduled",
            "private" => "private",
            _ => "draft",
        };

    /// <summary>True when the item is public, now or at its date.</summary>
    public static bool IsForReaders(string publicationStatus) => publicationStatus is "published" or "scheduled";

    public static bool IsKnown(string status) =>
        status is "publish" or "future" or "private" or "draft" or "pending" or "trash" or "auto-draft" or "inherit" or "";
}
