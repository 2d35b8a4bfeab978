namespace Api.Import.Lines;

// Rows of the staging tables that belong to no single kind of item; Line links them to their line.

internal sealed record ItemRow(
    long Line,
    string Resource,
    Guid? GivenId,
    Guid OwnId,
    string? Slug,
    string Status,
    DateTime? PublishedAt,
    DateTime? EmbargoUntil,
    DateTime? ExpiresAt,
    DateTime? UpdatedAt,
    int? Version,
    DateTime? WithdrawnAt,
    string? WithdrawnSlug,
    string? WithdrawnReason,
    string[] PreviousSlugs,
    string[] Keeps
);

/// <summary>A reference of a line to another item: by its id, else by its slug.</summary>
internal sealed record ReferenceRow(long Line, string Member, string Resource, int Position, string? Slug, Guid? Id, string Role);

internal sealed record ImageRow(Guid Id, string Json);

internal sealed record MenuEntryRow(long Line, int Position, int? Parent, string Label, string? Url);

internal sealed record RedirectLine(long Line, string Path, string? Url);

/// <summary>A line that was rejected while it was read; lines that refer to it report no problem of their own.</summary>
internal sealed record RejectedRow(string? Resource, string? Slug, Guid? Id);
