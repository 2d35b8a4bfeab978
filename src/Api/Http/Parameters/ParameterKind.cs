namespace Api.Http.Parameters;

/// <summary>How the text of a query parameter is read.</summary>
internal enum ParameterKind
{
    /// <summary>Free text, one value.</summary>
    Text,

    /// <summary>What a <see cref="SearchText"/> looks for.</summary>
    Search,

    /// <summary>One slug; whether it exists is for the slice to say.</summary>
    Slug,

    /// <summary>Slugs, any of, separated by commas.</summary>
    Slugs,

    /// <summary>One of a closed list.</summary>
    Choice,

    /// <summary>Some of a closed list, separated by commas.</summary>
    Choices,

    /// <summary>A whole number within bounds.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>A day in the site's time zone, or an instant.</summary>
    Date,

    /// <summary>A calendar year in the site's time zone.</summary>
    Year,

    /// <summary>A language range (RFC 4647 basic).</summary>
    Language,

    /// <summary>What an earlier page gave as <c>next</c> or <c>previous</c>.</summary>
    Cursor,

    /// <summary>Members of a contract, separated by commas.</summary>
    Fields,
}
