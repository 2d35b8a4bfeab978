namespace Api.Import.Lines;

// Rows of the staging tables, one record a table; Line ties them together.

internal sealed record ItemRow(
    long Line, string Resource, Guid? GivenId, Guid OwnId, string? Slug, string Status, DateTime? PublishedAt, DateTime? EmbargoUntil,
    DateTime? ExpiresAt, DateTime? UpdatedAt, int? Version, DateTime? WithdrawnAt, string? WithdrawnSlug,
    string? WithdrawnReason, string[] PreviousSlugs, string[] Keeps);

/// <summary>What a member of a line says about another item: its id, else its slug.</summary>
internal sealed record ReferenceRow(long Line, string Member, string Resource, int Position, string? Slug, Guid? Id, string Role);

internal sealed record ImageRow(Guid Id, string Json);

internal sealed record ArticleTypeRow(long Line, string Label, string PluralLabel);

internal sealed record TopicRow(long Line, string Name, string NameSort, string Kind, string Description, bool Featured);

internal sealed record ExpertRow(
    long Line, string Name, string? GivenName, string? FamilyName, string NameSort, string? Title, string? Organization, string Kind,
    bool Current, Guid? Photo, string BioHtml, string? Email, bool EmailPublic, string Profiles);

internal sealed record ArticleRow(
    long Line, string Title, string TitleSort, string? Subtitle, string Summary, string BodyHtml, string BodyText, string Language,
    string? SourceSlug, string? SourceName, string? SourceUrl, string? CanonicalUrl, Guid? Image, string Files, string Corrections,
    string Seo, string Toc, int ReadingMinutes, int WordCount, string? LicenseId, string? LicenseUrl, string? Doi, bool Featured);

internal sealed record EventRow(
    long Line, string Title, string Summary, string BodyHtml, string BodyText, string Status, EventTimes Times,
    string TimeZone, string Mode, string? Location, string? RegistrationUrl, string? RecordingUrl, Guid? Image);

internal sealed record PageRow(
    long Line, string Title, string Summary, string BodyHtml, string BodyText, string Language, Guid? Image, string Seo, string Toc);

internal sealed record MenuRow(long Line, string Label);

internal sealed record MenuEntryRow(long Line, int Position, int? Parent, string Label, string? Url);

internal sealed record RedirectRow(long Line, string Path, string? Url);

/// <summary>A line that was rejected while it was read; what refers to it is not to blame.</summary>
internal sealed record RejectedRow(string? Resource, string? Slug, Guid? Id);
