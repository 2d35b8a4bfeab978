using Api.Http.Errors;
using Api.Http.OpenApi;

namespace Api.Tests.Http;

public class ProblemTests
{
    public static TheoryData<string> Codes => [.. ProblemKind.All.Select(kind => kind.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_kind_has_an_example_that_explains_itself(string code)
    {
        var kind = ProblemKind.All.Single(kind => kind.Code == code);
        var problem = ProblemExamples.Of(kind);
        Assert.Matches("^[a-z0-9-]+$", kind.Code);
        Assert.InRange(kind.Status, 400, 599);
        Assert.EndsWith(".", kind.Explanation, StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(problem.Detail));
    }

    [Fact]
    public void Codes_are_unique() => Assert.Distinct(ProblemKind.All.Select(kind => kind.Code));

    [Fact]
    public void What_came_in_is_shown_cut()
    {
        var problem = QueryProblems.UnknownParameter(new string('x', 5_000), ["topic"]);
        Assert.InRange(problem.Detail.Length, 1, 300);
        Assert.InRange(problem.Parameter!.Length, 1, 81);
    }
}
