namespace Api.Contracts;

/// <summary>A contract with an identifier.</summary>
internal interface IIdentified
{
    /// <summary>Immutable identifier, a URN.</summary>
    string Id { get; }
}
