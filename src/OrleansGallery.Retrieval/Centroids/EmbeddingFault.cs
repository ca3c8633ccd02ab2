namespace OrleansGallery.Retrieval;

/// <summary>What is wrong with an embedding, or with a change of a running centroid.</summary>
public enum EmbeddingFault
{
    /// <summary>The number of components is not the gallery's dimension.</summary>
    WrongDimension,

    /// <summary>A component is NaN or infinite.</summary>
    NotFinite,

    /// <summary>All components are zero: there is no direction to compare.</summary>
    ZeroVector,

    /// <summary>A component's magnitude is above <see cref="EmbeddingLimits.MaxComponent"/>.</summary>
    ComponentTooLarge,

    /// <summary>The identity would hold more than <see cref="EmbeddingLimits.MaxImages"/> images.</summary>
    TooManyImages,

    /// <summary>What is to be removed cannot have been added.</summary>
    NothingToRemove,
}
