using Api.Collation;
using Api.Http.Parameters;
using Api.Http.Site;
using Api.Indexing;

namespace Api.Listing;

/// <summary>A row of <c>delivery.article_index</c>, of <c>delivery.event_index</c>, or of another view of the same shape.</summary>
internal sealed record ListRow
{
    public int ItemId { get; init; }
    public Guid Id { get; init; }
    public DateTime First { get; init; }
    public DateTime Second { get; init; }

    /// <summary>Empty where lists are not sorted by it.</summary>
    public string Title { get; init; } = "";

    public int[] Keys { get; init; } = [];

    /// <summary>The first day of an all-day event; null for an item with a time of day.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Seconds from the start of the snapshot until the item expires; null for never.</summary>
    public double? ExpiresIn { get; init; }

    /// <summary>The row as an item of the index.</summary>
    public IndexedItem ToItem(SiteCalendar calendar, TitleOrder order) =>
        new(
            ItemId,
            new Place(
                Id,
                Position.At(First, Id).Number,
                Position.At(Second, Id).Number,
                Title.Length == 0 ? [] : order.Key(Title),
                (short)calendar.YearOf(First),
                Day?.DayNumber ?? Place.NoDay
            ),
            Keys
        );
}

/// <summary>A row of <c>delivery.index_keys</c>: a key of the read model and the value it stands for.</summary>
internal sealed record KeyRow
{
    public int Key { get; init; }
    public string Kind { get; init; } = "";
    public string Resource { get; init; } = "";
    public string Slug { get; init; } = "";
    public string Role { get; init; } = "";
    public int ItemId { get; init; }
    public string? Name { get; init; }
}
