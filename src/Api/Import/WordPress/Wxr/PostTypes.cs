namespace Api.Import.WordPress.Wxr;

/// <summary>Post types whose items are parts of others, as WordPress and its plugins name them.</summary>
internal static class PostTypes
{
    /// <summary>A reusable block, now called synced pattern.</summary>
    public const string ReusableBlock = "wp_block";

    /// <summary>A menu of a block theme.</summary>
    public const string Navigation = "wp_navigation";

    /// <summary>A guest author of Co-Authors Plus.</summary>
    public const string GuestAuthor = "guest-author";
}
