namespace Api.Words.Languages;

/// <summary>Greek.</summary>
internal static class Greek
{
    /// <summary>Lucene's stemmer leaves an ι of the ending of some forms only.</summary>
    public static string Finish(string stem) => stem.Length > 3 && stem[^1] == 'ι' ? stem[..^1] : stem;
}
