namespace Api.Http.Parameters;

/// <summary>Names of parameters with brackets, as clients of other APIs write them: <c>topic[]</c>, <c>topic[0]</c>, <c>filter[topic]</c>, <c>filters[topic][slug][$eq]</c>.</summary>
internal static class BracketName
{
    /// <summary>The declared parameter that such a name stands for; null when it has no brackets, or none of its parts is the name of a parameter.</summary>
    public static Parameter? Meant(string name, IReadOnlyList<Parameter> declared)
    {
        if (!name.Contains('[', StringComparison.Ordinal)) return null;
        List<Parameter> named = [.. name.Split('[', ']').Select(part => declared.FirstOrDefault(parameter => parameter.Name == part)).OfType<Parameter>()];
        // Of topic[slug] it is the list that is meant; of page[limit] there is none, and it is the part inside.
        return named.Find(parameter => parameter.IsList) ?? named.LastOrDefault();
    }
}
