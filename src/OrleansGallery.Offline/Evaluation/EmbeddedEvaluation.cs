using OrleansGallery.Retrieval;

namespace OrleansGallery.Offline;

/// <summary>Sets that were embedded without a server, as something to evaluate: identities follow from paths.</summary>
public static class EmbeddedEvaluation
{
    /// <summary>Reads two sets that can be compared.</summary>
    /// <param name="queries">The folder of the queries' embeddings.</param>
    /// <param name="gallery">The folder of the gallery's.</param>
    /// <param name="rule">How a path says whose image it is.</param>
    /// <param name="tell">Called with what the identities were told by, and with what is left out.</param>
    /// <returns>Queries first.</returns>
    /// <exception cref="InvalidDataException">They are of different models, of centroids, or as of the other
    /// overload.</exception>
    /// <exception cref="NpyException">A file is none.</exception>
    public static EvaluationData Read(string queries, string gallery, IdentityRule rule, Action<string> tell)
    {
        ArgumentNullException.ThrowIfNull(tell);
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

        (EmbeddingSet asked, EmbeddingSet searched) = (EmbeddingSet.Read(queries), EmbeddingSet.Read(gallery));
        return Join(
            LabelledSet.Of(queries, asked, rule, one?.Root, tell),
            LabelledSet.Of(gallery, searched, rule, other?.Root, tell));
    }

    /// <summary>Puts queries and gallery together.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="gallery">The gallery, one embedding per image.</param>
    /// <returns>Queries first; queries are of facet 0, the gallery of facet 1.</returns>
    /// <exception cref="InvalidDataException">The dimensions differ, a set is empty, or a vector is no
    /// embedding.</exception>
    public static EvaluationData Join(LabelledSet queries, LabelledSet gallery)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(gallery);
        if (queries.Dimension != gallery.Dimension || queries.Identities.Count == 0 || gallery.Identities.Count == 0)
        {
            throw new InvalidDataException(
                $"{queries.Identities.Count} queries of {queries.Dimension} numbers and {gallery.Identities.Count} "
                + $"gallery embeddings of {gallery.Dimension} cannot be compared.");
        }

        Dictionary<string, long> numbers = new(StringComparer.Ordinal);
        long[] labels = [.. queries.Identities.Concat(gallery.Identities).Select(identity =>
            numbers.TryGetValue(identity, out long number) ? number : numbers[identity] = numbers.Count)];
        long[] facets = [.. labels.Select((_, row) => row < queries.Identities.Count ? 0L : 1L)];
        try
        {
            return new EvaluationData(
                [.. queries.Values, .. gallery.Values], queries.Dimension, labels, facets, queries.Identities.Count);
        }
        catch (Exception exception) when (exception is ArgumentException or EmbeddingException)
        {
            throw new InvalidDataException(exception.Message);
        }
    }
}
