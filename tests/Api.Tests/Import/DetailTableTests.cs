using Api.Import.Lines;
using Api.Import.Staging;
using Api.Tests.Support;

namespace Api.Tests.Import;

/// <summary>
/// The statements that write the members of one kind of item, generated from its columns. <c>RECORD=1</c> writes the files again.
/// </summary>
public class DetailTableTests
{
    public static TheoryData<string> Tables { get; } =
    [.. LineKind.All.Select(kind => kind.Table).OfType<DetailTable>().Select(table => table.Name)];

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_statement_is_as_recorded(string name)
    {
        var sql = LineKind.All.Select(kind => kind.Table).OfType<DetailTable>().Single(table => table.Name == name).WriteSql + "\n";
        await Recorded.IsSame($"tests/Api.Tests/Import/sql/{name}.sql", sql);
    }
}
