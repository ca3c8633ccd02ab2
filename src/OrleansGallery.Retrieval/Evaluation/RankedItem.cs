namespace OrleansGallery.Retrieval;

/// <summary>An item of a query's answer.</summary>
/// <param name="Rank">Its position among the items that the query is compared with, from 1.</param>
/// <param name="Label">Its identity.</param>
/// <param name="Row">Its image; of a centroid the first one in it.</param>
/// <param name="Images">How many images are in it.</param>
/// <param name="Score">Its cosine similarity to the query; 0 where a vector has no direction.</param>
/// <param name="Distance">By what it is ranked.</param>
/// <param name="Correct">Whether it is the query's identity.</param>
public sealed record RankedItem(
    int Rank, long Label, int Row, int Images, double Score, double Distance, bool Correct);
