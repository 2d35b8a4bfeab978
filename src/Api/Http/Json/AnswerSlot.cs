namespace Api.Http.Json;

/// <summary>Where a successful body goes that is to be kept before it is sent.</summary>
internal sealed class AnswerSlot
{
    /// <summary>The body; null while there is none.</summary>
    public ReadOnlyMemory<byte>? Body { get; set; }
}
