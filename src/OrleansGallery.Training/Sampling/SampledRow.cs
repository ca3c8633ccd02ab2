namespace OrleansGallery.Training;

/// <summary>One row of a batch.</summary>
/// <param name="Identity">The identity's number.</param>
/// <param name="Image">The image's number among the identity's; negative for a mock.</param>
internal readonly record struct SampledRow(int Identity, int Image)
{
    /// <summary>Stands for an image where there is none.</summary>
    public const int Mock = -1;
}
