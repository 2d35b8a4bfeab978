using Api.Contracts;

namespace Api.Http.OpenApi;

/// <summary>Names of schemas: <c>Article</c>, <c>ArticlePage</c>, <c>ArticleItem</c>, <c>Problem</c>.</summary>
internal static class SchemaNames
{
    /// <summary>Suffix of the schema for a contract in lists, where it may lack its texts.</summary>
    public const string SummarySuffix = "Summary";

    /// <summary>The name of a contract's schema.</summary>
    public static string Of(Type type)
    {
        if (type == typeof(ProblemDocument))
            return "Problem";
        if (!type.IsGenericType)
            return type.Name;
        if (IReady.ContractOf(type) is var contract && contract != type)
            return Of(contract);
        // The schema of an item's answer has the item's name; that of its related data follows from it.
        var arguments = string.Concat(
            type.GetGenericArguments().Take(type.GetGenericTypeDefinition() == typeof(Item<,>) ? 1 : 2).Select(Of)
        );
        var name = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        return arguments + (name.StartsWith("IReadOnly", StringComparison.Ordinal) ? name["IReadOnly".Length..] : name);
    }
}
