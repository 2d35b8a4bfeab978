namespace Api.Words;

/// <summary>What a snippet marks: words in sequence.</summary>
/// <param name="Term">The place of the term in the search.</param>
/// <param name="Words">For each place of the sequence the words that may stand there, as a vocabulary has them.</param>
/// <param name="IsStart">Whether only the first character of the last pair is meant.</param>
/// <param name="Offsets">How far each is from the first.</param>
internal sealed record MarkPattern(int Term, IReadOnlyList<IReadOnlySet<string>> Words, bool IsStart, IReadOnlyList<int> Offsets);
