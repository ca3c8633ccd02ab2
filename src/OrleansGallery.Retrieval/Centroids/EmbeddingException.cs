namespace OrleansGallery.Retrieval;

/// <summary>An embedding, or a change of a running centroid, that is the caller's error. Nothing was changed.</summary>
/// <param name="fault">What is wrong.</param>
/// <param name="message">The fact, the values and the limit.</param>
public sealed class EmbeddingException(EmbeddingFault fault, string message) : Exception(message)
{
    /// <summary>What is wrong.</summary>
    public EmbeddingFault Fault { get; } = fault;

    internal static EmbeddingException WrongDimension(int actual, int expected) => new(
        EmbeddingFault.WrongDimension, $"The embedding has {actual} components; the dimension is {expected}.");

    internal static EmbeddingException TooManyImages(long count) => new(
        EmbeddingFault.TooManyImages,
        $"The identity would hold {count} images; the limit is {EmbeddingLimits.MaxImages}.");

    internal static EmbeddingException TooFewImages(long held, long removed) => new(
        EmbeddingFault.NothingToRemove, $"There are {held} images; {removed} cannot be removed.");

    internal static EmbeddingException NeverAdded(long remaining) => new(
        EmbeddingFault.NothingToRemove,
        "What is to be removed was never added: the sum left over would be larger than "
        + $"{remaining} images of components up to {EmbeddingLimits.MaxComponent} can make it.");
}
