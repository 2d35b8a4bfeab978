namespace Api.Listing;

/// <summary>Tells whether items read by number are unchanged since a state of the lists.</summary>
internal sealed record AsOfHead
{
    /// <summary>The sequence of the content.</summary>
    public long Sequence { get; init; }

    /// <summary>The sequence of the last change of a name.</summary>
    public long ReferenceSequence { get; init; }

    /// <summary>Whether one of the items has changed since the state.</summary>
    public bool IsChanged { get; init; }

    /// <summary>
    /// The statement for items of a resource, <c>@numbers</c>, and the <c>@sequence</c> of a state: returns one row. Run it in the same
    /// round trip as the statement that reads the items.
    /// </summary>
    public static string Sql(string resource) =>
        $"""
            select h.sequence, h.reference_sequence,
                   exists (select from delivery.changes c where c.sequence > @sequence and c.resource = '{resource}' and c.item_id = any(@numbers)) as is_changed
            from   delivery.head h
            """;

    /// <summary>Whether the items and the names that they show are unchanged since the state.</summary>
    public bool Is(ListState state) => Sequence >= state.Sequence && ReferenceSequence == state.ReferenceSequence && !IsChanged;
}
