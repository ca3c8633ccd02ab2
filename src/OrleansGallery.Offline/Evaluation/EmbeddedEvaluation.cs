using OrleansGallery.Retrieval;

namespace OrleansGallery.Offline;

/// <summary>Sets that were embedded without a server, as something to evaluate: identities follow from paths.</summary>
public static class EmbeddedEvaluation
{
    /// <summary>Reads two sets that can be compared.</summary>
    /// <param name="queries">The folder of the queries' embeddings.</param>
    /// <param name="gallery">The folder of the gallery's.</param>
    /// <param name="rule">How a path says whose image it is.</param>
    /// <returns>Queries first.</returns>
    /// <exception cref="InvalidDataException">They are of different models, of centroids, or as of the other
    /// overload.</exception>
    /// <exception cref="NpyException">A file is none.</exception>
    public static EvaluationData Read(string queries, string gallery, IdentityRule rule)
    {
        EmbeddingOrigin? one = EmbeddingOrigin.Read(queries);
        EmbeddingOrigin? other = EmbeddingOrigin.Read(gallery);
        if (one is not null && other is not null && one.Model != other.Model)
        {
            throw new InvalidDataException(
                $"'{queries}' is of model '{one.Model}' and '{gallery}' of '{other.Model}': embed both with one "
                + "model.");
        }

        if (one?.Centroids is not null || other?.Centroids is not null)
        {
            throw new InvalidDataException(
                "A set has centroids instead of images: embed without --centroids; they are evaluated all the same.");
        }

        return Join(EmbeddingSet.Read(queries), EmbeddingSet.Read(gallery), rule);
    }

    /// <summary>Puts queries and gallery together.</summary>
    /// <param name="queries">The queries' embeddings.</param>
    /// <param name="gallery">The gallery's embeddings, one per image.</param>
    /// <param name="rule">How a path says whose image it is.</param>
    /// <returns>Queries first; queries are of facet 0, the gallery of facet 1.</returns>
    /// <exception cref="InvalidDataException">The dimensions differ, a set is empty, a path does not say whose image it
    /// is, or a vector is no embedding.</exception>
    public static EvaluationData Join(EmbeddingSet queries, EmbeddingSet gallery, IdentityRule rule)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(gallery);
        if (queries.Dimension != gallery.Dimension || queries.Count == 0 || gallery.Count == 0)
        {
            throw new InvalidDataException(
                $"{queries.Count} queries of {queries.Dimension} numbers and {gallery.Count} gallery embeddings of "
                + $"{gallery.Dimension} cannot be compared.");
        }

        Dictionary<string, long> numbers = new(StringComparer.Ordinal);
        long[] labels = [.. queries.Paths.Concat(gallery.Paths).Select(path =>
        {
            string identity = rule.IdentityOf(path);
            return numbers.TryGetValue(identity, out long number) ? number : numbers[identity] = numbers.Count;
        })];
        long[] facets = [.. labels.Select((_, row) => row < queries.Count ? 0L : 1L)];
        try
        {
            return new EvaluationData(
                [.. queries.Values, .. gallery.Values], queries.Dimension, labels, facets, queries.Count);
        }
        catch (Exception error) when (error is ArgumentException or EmbeddingException)
        {
            throw new InvalidDataException(error.Message);
        }
    }
}
