namespace Api.Listing;

/// <summary>Tells whether items that are read by number are still what they were in a state of the lists.</summary>
internal sealed record AsOfHead
{
    /// <summary>The sequence of the content.</summary>
    public long Sequence { get; init; }

    /// <summary>That of the last change of a name.</summary>
    public long ReferenceSequence { get; init; }

    /// <summary>Whether one of the items has changed since the state.</summary>
    public bool IsChanged { get; init; }

    /// <summary>The statement for items of a resource, <c>@numbers</c>, and the <c>@sequence</c> of a state: one row. To be asked in one round trip with the items.</summary>
    public static string Sql(string resource) => $"""
        select h.sequence, h.reference_sequence,
               exists (select from delivery.changes c where c.sequence > @sequence and c.resource = '{resource}' and c.item_id = any(@numbers)) as is_changed
        from   delivery.head h
        """;

    /// <summary>Whether the items are as they were, and so are the names that they show.</summary>
    public bool Is(ListState state) => Sequence >= state.Sequence && ReferenceSequence == state.ReferenceSequence && !IsChanged;
}
