namespace OrleansGallery.Retrieval;

/// <summary>The answer of a scan.</summary>
/// <param name="Matches">The best matches, in <see cref="MatchOrder"/>.</param>
/// <param name="Complete">Whether every row was scanned: then these are exactly the best. Otherwise the deadline came
/// first, and they are the best of the rows scanned.</param>
/// <param name="Evidence">How it was found.</param>
/// <param name="Tables">What was scanned, in the order of the tables given.</param>
public sealed record ScanAnswer(
    IReadOnlyList<Match> Matches, bool Complete, ScanEvidence Evidence, IReadOnlyList<TableEvidence> Tables);
