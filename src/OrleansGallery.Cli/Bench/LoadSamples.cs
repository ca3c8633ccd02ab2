using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>
/// Query vectors that look like the gallery's own: stored embeddings of some of its identities with noise, so that a
/// search has near matches to tell apart, as real ones do.
/// </summary>
internal sealed class LoadSamples
{
    private const int MaxSamples = 256;
    private const float NoiseShare = 0.3f;

    private readonly List<(string Identity, float[] Embedding)> _stored = [];

    /// <summary>Reads one image of up to 256 identities, spread over the gallery's list.</summary>
    /// <exception cref="InvalidDataException">The gallery is empty.</exception>
    public static async Task<LoadSamples> ReadAsync(
        GalleryClient client, string gallery, CancellationToken cancellationToken)
    {
        LoadSamples samples = new();
        GalleryResponse described = await client.GetGalleryAsync(gallery, cancellationToken);
        if (described.Identities == 0)
        {
            throw new InvalidDataException($"Gallery '{gallery}' is empty; ingest something first.");
        }

        long step = Math.Max(1, described.Identities / MaxSamples);
        long number = 0;
        await foreach (IdentityListEntry entry in client.EnumerateIdentitiesAsync(gallery, cancellationToken))
        {
            if (number++ % step == 0)
            {
                await samples.AddAsync(client, gallery, entry.Identity, cancellationToken);
            }

            if (samples._stored.Count == MaxSamples)
            {
                break;
            }
        }

        return samples;
    }

    /// <summary>Samples that are known already.</summary>
    public static LoadSamples Of(IEnumerable<(string Identity, float[] Embedding)> stored)
    {
        LoadSamples samples = new();
        samples._stored.AddRange(stored.Take(MaxSamples));
        return samples;
    }

    /// <summary>An identity that exists.</summary>
    public string Identity(Random random) => _stored[random.Next(_stored.Count)].Identity;

    /// <summary>A vector near one of the samples.</summary>
    /// <param name="random">Chooses it.</param>
    /// <returns>The vector, not normalised.</returns>
    public float[] Vector(Random random)
    {
        float[] embedding = _stored[random.Next(_stored.Count)].Embedding;
        float deviation = NoiseShare * MathF.Sqrt(embedding.Sum(x => x * x) / embedding.Length);
        // The sum of three uniform values is close enough to normal for noise, and has no rare extremes.
        return [.. embedding.Select(
            x => x + (deviation * 2 * (random.NextSingle() + random.NextSingle() + random.NextSingle() - 1.5f)))];
    }

    private async Task AddAsync(
        GalleryClient client, string gallery, string identity, CancellationToken cancellationToken)
    {
        ImageListResponse images = await client.ListImagesAsync(
            gallery, identity, null, 1, cancellationToken: cancellationToken);
        ImageResponse image = await client.GetImageAsync(
            gallery, identity, images.Images[0].ImageId, cancellationToken);
        _stored.Add((identity, image.Vector!));
    }
}
