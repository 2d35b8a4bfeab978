namespace Api.Contracts;

/// <summary>Something with an identifier of its own.</summary>
internal interface IIdentified
{
    /// <summary>Immutable identifier, a URN.</summary>
    string Id { get; }
}
