using System.Runtime.CompilerServices;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>Reads a gallery identity by identity: a few of them are asked for ahead, and no more is in memory.
/// </summary>
internal sealed class GalleryExport(GalleryClient client, string gallery)
{
    private const int Ahead = 16;
    private const int PageLength = 256;

    /// <summary>Identities that have no centroid.</summary>
    public long WithoutCentroid { get; private set; }

    /// <summary>Embeddings, by identity and image id.</summary>
    public async IAsyncEnumerable<ExportRow> EmbeddingsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach ((string identity, ImageListResponse? first) in EachAsync(
            identity => PageAsync(identity, null, cancellationToken), cancellationToken))
        {
            ImageListResponse? page = first;
            while (page is not null)
            {
                foreach (ImageResponse image in page.Images)
                {
                    yield return new ExportRow
                    {
                        Identity = identity,
                        ImageId = image.ImageId,
                        Facet = image.Facet.Length > 0 ? image.Facet : null,
                        TakenAt = image.TakenAt,
                        Vector = image.Vector ?? throw new InvalidDataException(
                            $"Image '{image.ImageId}' of '{identity}' came without its embedding: the service is older "
                            + "than this program."),
                    };
                }

                page = page.Next is null ? null : await PageAsync(identity, page.Next, cancellationToken);
            }
        }
    }

    /// <summary>Centroids, by identity.</summary>
    public async IAsyncEnumerable<ExportRow> CentroidsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach ((string identity, IdentityResponse? found) in EachAsync(
            identity => client.GetCentroidAsync(gallery, identity, cancellationToken), cancellationToken))
        {
            if (found.Vector is { } centroid)
            {
                yield return new ExportRow
                {
                    Identity = identity, ImageId = ExportRow.CentroidId, Count = found.Count, Vector = centroid,
                };
            }
            else if (found.Searchable)
            {
                throw new InvalidDataException(
                    $"Identity '{identity}' came without its centroid: the service is older than this program.");
            }
            else
            {
                WithoutCentroid++;
            }
        }
    }

    private async IAsyncEnumerable<(string Identity, T Found)> EachAsync<T>(
        Func<string, Task<T>> ask, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        Queue<(string Identity, Task<T?> Answer)> asked = [];
        await foreach (IdentityListEntry entry in client.EnumerateIdentitiesAsync(gallery, cancellationToken))
        {
            asked.Enqueue((entry.Identity, UnlessGoneAsync(ask(entry.Identity))));
            if (asked.Count < Ahead)
            {
                continue;
            }

            (string identity, Task<T?> first) = asked.Dequeue();
            if (await first is { } answer)
            {
                yield return (identity, answer);
            }
        }

        while (asked.TryDequeue(out (string Identity, Task<T?> Answer) last))
        {
            if (await last.Answer is { } answer)
            {
                yield return (last.Identity, answer);
            }
        }
    }

    // It was listed, and is deleted by now.
    private static async Task<T?> UnlessGoneAsync<T>(Task<T> asked)
        where T : class
    {
        try
        {
            return await asked;
        }
        catch (GalleryApiException exception) when (exception.Code == ErrorCodes.IdentityNotFound)
        {
            return null;
        }
    }

    private Task<ImageListResponse> PageAsync(string identity, string? cursor, CancellationToken cancellationToken) =>
        client.ListImagesAsync(gallery, identity, cursor, PageLength, includeVectors: true, cancellationToken);
}
