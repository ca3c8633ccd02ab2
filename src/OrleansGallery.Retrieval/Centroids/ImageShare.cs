namespace OrleansGallery.Retrieval;

/// <summary>What one image is to its identity.</summary>
/// <param name="Score">The image against the identity's centroid; null: the identity has no direction.</param>
/// <param name="ScoreWithout">The image against the centroid of the identity's other images; null: there are none, or
/// they cancel out. Low: the image is unlike the others.</param>
/// <param name="Contribution">Its part of the score of what is compared with the centroid; all images' parts add up to
/// that score. Null: the identity has no direction.</param>
/// <param name="ScoreCompared">The image against what is compared with the centroid; null: the identity has no
/// direction.</param>
public readonly record struct ImageShare(
    double? Score, double? ScoreWithout, double? Contribution, double? ScoreCompared);
