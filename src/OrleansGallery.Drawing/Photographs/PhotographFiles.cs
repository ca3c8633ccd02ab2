namespace OrleansGallery.Drawing;

/// <summary>The files that crops are cut from.</summary>
/// <param name="Photographs">Photographs to train on.</param>
/// <param name="Tests">Photographs that are only tested.</param>
/// <param name="Cutouts">Objects cut out, with alpha.</param>
public sealed record PhotographFiles(
    IReadOnlyList<string> Photographs, IReadOnlyList<string> Tests, IReadOnlyList<string> Cutouts);
