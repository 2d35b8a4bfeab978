using Api.Tests.Support;

namespace Api.EndToEnd;

/// <summary>Whether the machine has what all these tests need.</summary>
public class ToolTests
{
    [Fact]
    public void Every_tool_of_the_list_is_there() => Tools.Need();
}
