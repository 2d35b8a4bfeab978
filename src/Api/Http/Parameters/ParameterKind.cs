namespace Api.Http.Parameters;

/// <summary>How the text of a query parameter is parsed.</summary>
internal enum ParameterKind
{
    /// <summary>Free text, one value.</summary>
    Text,

    /// <summary>A search, see <see cref="SearchText"/>.</summary>
    Search,

    /// <summary>One slug. The slice checks whether it exists.</summary>
    Slug,

    /// <summary>Slugs separated by commas, meaning "any of".</summary>
    Slugs,

    /// <summary>One of the allowed values.</summary>
    Choice,

    /// <summary>Some of the allowed values, separated by commas.</summary>
    Choices,

    /// <summary>A whole number within bounds.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>A day in the site's time zone, or an instant.</summary>
    Date,

    /// <summary>An instant with Z or an offset (RFC 3339).</summary>
    Instant,

    /// <summary>A calendar year in the site's time zone.</summary>
    Year,

    /// <summary>A language range (RFC 4647 basic).</summary>
    Language,

    /// <summary>A cursor: <c>next</c> or <c>previous</c> of an earlier page.</summary>
    Cursor,

    /// <summary>Members of a contract, separated by commas.</summary>
    Fields,
}
