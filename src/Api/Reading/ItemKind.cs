using Api.Http.Site;
using Dapper;
using Npgsql;

namespace Api.Reading;

/// <summary>How the items of one resource are read, and how they become their public shape.</summary>
/// <param name="Resource">Its name in the contract.</param>
/// <param name="Select">The statement without conditions.</param>
/// <param name="Alias">The alias of the view that has <c>item_id</c>.</param>
internal abstract record ItemKind(string Resource, string Select, string Alias)
{
    /// <summary>Runs a statement that begins with <see cref="Select"/>.</summary>
    public abstract Task<ItemRows> Read(NpgsqlConnection connection, CommandDefinition command, Links links, CancellationToken cancel);
}

/// <summary>The items of a resource that are one row each.</summary>
/// <param name="Resource">Its name in the contract.</param>
/// <param name="Select">The statement without conditions.</param>
/// <param name="Alias">The alias of the view that has <c>item_id</c>.</param>
/// <param name="Shape">Makes the public shape of a row.</param>
/// <param name="Names">The sequence of the names that a row refers to; null where it refers to none.</param>
/// <param name="Experts">The experts that a row refers to; null where it refers to none.</param>
internal sealed record ItemKind<T>(
    string Resource,
    string Select,
    string Alias,
    Func<T, ReferenceSet, Links, WholeItem> Shape,
    Func<T, long>? Names = null,
    Func<T, IEnumerable<int>>? Experts = null
) : ItemKind(Resource, Select, Alias)
{
    public override async Task<ItemRows> Read(NpgsqlConnection connection, CommandDefinition command, Links links, CancellationToken cancel)
    {
        var rows = (await connection.QueryAsync<T>(command)).AsList();
        return new(
            rows.Count == 0 || Names is null ? 0 : Names(rows[0]),
            Experts is null ? [] : rows.SelectMany(Experts),
            names => rows.ConvertAll(row => Shape(row, names, links))
        );
    }
}

/// <summary>Menus, whose entries are rows of their own.</summary>
internal sealed record MenuKind() : ItemKind("menu", "select m.item_id from delivery.menus m", "m")
{
    public override async Task<ItemRows> Read(NpgsqlConnection connection, CommandDefinition command, Links links, CancellationToken cancel)
    {
        var menus = await MenuReader.Find(connection, [.. await connection.QueryAsync<int>(command)], links, cancel);
        return new(0, [], _ => menus);
    }
}
