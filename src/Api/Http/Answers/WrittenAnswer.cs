using Api.Http.Json;
using Api.Http.Parameters;

namespace Api.Http.Answers;

/// <summary>A 200 with a serialized body.</summary>
/// <param name="Format">The format of the body.</param>
/// <param name="Body">UTF-8.</param>
internal sealed record WrittenAnswer(Format Format, ReadOnlyMemory<byte> Body) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => ReadyBytes.Send(httpContext, Format.ContentType, Body);
}
