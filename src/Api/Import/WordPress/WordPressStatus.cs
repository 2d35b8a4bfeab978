namespace Api.Import.WordPress;

/// <summary>What a WordPress status is here. Whatever was not public there is not public here.</summary>
internal static class WordPressStatus
{
    /// <summary>The <c>publicationStatus</c> of an item.</summary>
    /// <param name="status">The item's <c>wp:status</c>.</param>
    /// <param name="password">Its <c>wp:post_password</c>: one that is set makes the item private, since the text is what it protects.</param>
    /// <param name="dated">False when no date can be read: what is published needs one.</param>
    public static string Of(string status, string password, bool dated) => status switch
    {
        "publish" or "future" when password.Length > 0 => "private",
        "publish" when dated => "published",
        "future" when dated => "scheduled",
        "private" => "private",
        _ => "draft",
    };

    /// <summary>True when readers see it, now or at its date.</summary>
    public static bool IsForReaders(string publicationStatus) => publicationStatus is "published" or "scheduled";

    public static bool IsKnown(string status) => status is "publish" or "future" or "private" or "draft" or "pending" or "trash" or "auto-draft" or "inherit" or "";
}
