namespace Api.Http.Errors;

/// <summary>The process has more to do than it can do in time.</summary>
internal sealed class OverloadedException : Exception;
