namespace Api.Http.Json;

/// <summary>Receives the body of a successful answer, to be cached before it is sent.</summary>
internal sealed class AnswerSlot
{
    /// <summary>The body; null until it is set.</summary>
    public ReadOnlyMemory<byte>? Body { get; set; }
}
