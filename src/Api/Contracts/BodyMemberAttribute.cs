namespace Api.Contracts;

/// <summary>Marks a member that item answers always include, and lists only with <c>include=body</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BodyMemberAttribute : Attribute;
