using Api.Http.Json;
using Api.Http.Parameters;

namespace Api.Http.Answers;

/// <summary>A 200 with a body that is already written.</summary>
/// <param name="Format">What it is.</param>
/// <param name="Body">UTF-8.</param>
internal sealed record WrittenAnswer(Format Format, ReadOnlyMemory<byte> Body) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => ReadyBytes.Send(httpContext, Format.ContentType, Body);
}
