namespace OrleansGallery.Training;

/// <summary>What an image is pushed away from by the centroid triplet loss.</summary>
public enum CentroidNegatives
{
    /// <summary>
    /// As the paper's code has it: the hardest among the other identities' images <b>and</b> centroids of the round,
    /// and centroids are anchors too.
    /// </summary>
    ImagesAndCentroids,

    /// <summary>As the paper's formula has it: other identities' centroids only, and only images are anchors.</summary>
    Centroids,
}
