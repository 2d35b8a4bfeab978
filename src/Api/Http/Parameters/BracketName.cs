namespace Api.Http.Parameters;

/// <summary>
/// Parameter names with brackets, as clients of other APIs write them: <c>topic[]</c>, <c>topic[0]</c>, <c>filter[topic]</c>,
/// <c>filters[topic][slug][$eq]</c>.
/// </summary>
internal static class BracketName
{
    /// <summary>
    /// The declared parameter that a name with brackets refers to; null without brackets, or when no part is a parameter name.
    /// </summary>
    public static Parameter? Meant(string name, IReadOnlyList<Parameter> declared)
    {
        if (!name.Contains('[', StringComparison.Ordinal))
            return null;
        List<Parameter> named =
        [
            .. name.Split('[', ']').Select(part => declared.FirstOrDefault(parameter => parameter.Name == part)).OfType<Parameter>(),
        ];
        // topic[slug] means the list, topic. page[limit] names no list and means the inner part, limit.
        return named.Find(parameter => parameter.IsList) ?? named.LastOrDefault();
    }
}
