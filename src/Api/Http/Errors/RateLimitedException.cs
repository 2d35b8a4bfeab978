namespace Api.Http.Errors;

/// <summary>One client asks for more than its share.</summary>
internal sealed class RateLimitedException : Exception;
