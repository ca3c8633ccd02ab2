namespace OrleansGallery.Cli;

/// <summary>How well one way of searching did.</summary>
/// <param name="Rank1">Share of queries whose best match is right.</param>
/// <param name="Rank5">Share of queries with a right match among the best five.</param>
/// <param name="Vectors">Rows that a search compares.</param>
/// <param name="Bytes">Bytes of those rows.</param>
internal sealed record DemoMode(double Rank1, double Rank5, long Vectors, long Bytes);
