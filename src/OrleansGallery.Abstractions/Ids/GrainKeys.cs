using System.Globalization;

namespace OrleansGallery.Abstractions;

/// <summary>
/// The keys of grains that are placed by their keys. Those of partitions and identities carry the gallery's number and
/// how many partitions it has, so that placement needs no look-up: <c>number/partitions/partition[/identity]</c>.
/// </summary>
public static class GrainKeys
{
    /// <summary>The key of a partition grain.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="partitions">How many partitions the gallery has.</param>
    /// <param name="partition">The partition, from 0.</param>
    /// <returns>The key.</returns>
    public static string Partition(long gallery, int partitions, int partition) =>
        string.Create(CultureInfo.InvariantCulture, $"{gallery}/{partitions}/{partition}");

    /// <summary>The key of an identity grain.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="partitions">How many partitions the gallery has.</param>
    /// <param name="partition">The identity's partition.</param>
    /// <param name="identityId">The identity's id.</param>
    /// <returns>The key.</returns>
    public static string Identity(long gallery, int partitions, int partition, string identityId) =>
        string.Create(CultureInfo.InvariantCulture, $"{gallery}/{partitions}/{partition}/{identityId}");

    /// <summary>Reads a key back.</summary>
    /// <param name="key">A key of <see cref="Partition"/> or <see cref="Identity"/>.</param>
    /// <returns>Its parts; the identity is empty for a partition's key.</returns>
    /// <exception cref="FormatException">The key has another form.</exception>
    public static (long Gallery, int Partitions, int Partition, string IdentityId) Parse(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        string[] parts = key.Split('/', 4);
        return parts.Length >= 3
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long gallery)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int partitions)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int partition)
            ? (gallery, partitions, partition, parts.Length == 4 ? parts[3] : string.Empty)
            : throw new FormatException($"'{key}' is no key of a partition or an identity.");
    }

    /// <summary>The key of a silo's embedder grain.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="modelId">The model's id.</param>
    /// <returns>The key: <c>address/model</c>.</returns>
    public static string Embedder(SiloAddress silo, string modelId)
    {
        ArgumentNullException.ThrowIfNull(silo);
        return $"{silo.ToParsableString()}/{modelId}";
    }

    /// <summary>Reads a key of <see cref="Embedder"/> back.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The silo and the model.</returns>
    /// <exception cref="FormatException">The key has another form.</exception>
    public static (SiloAddress Silo, string ModelId) ParseEmbedder(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Split('/', 2) is [var silo, var modelId]
            ? (SiloAddress.FromParsableString(silo), modelId)
            : throw new FormatException($"'{key}' is no key of an embedder.");
    }
}
