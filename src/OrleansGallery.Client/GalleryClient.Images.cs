using System.Globalization;
using System.Text.Json;
using OrleansGallery.Contracts;

namespace OrleansGallery.Client;

/// <content>Images: enrolled one by one or as a stream, listed, deleted, searched with.</content>
public sealed partial class GalleryClient
{
    /// <summary>Enrols a vector; searchable when this answers.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="image">The vector and what belongs to it.</param>
    /// <param name="cancellationToken">Ends the wait; the vector may be enrolled all the same.</param>
    /// <returns>What became of it.</returns>
    public Task<EnrolImageResponse> EnrolAsync(
        string gallery, string identity, EnrolImageRequest image, CancellationToken cancellationToken = default) =>
        _api.PostJsonAsync<EnrolImageResponse>(ImagesPath(gallery, identity), image, cancellationToken);

    /// <summary>Enrols an image file; searchable when this answers.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="file">The file's bytes.</param>
    /// <param name="fields">Id, facet and time; its vector is not sent.</param>
    /// <param name="cancellationToken">Ends the wait; the image may be enrolled all the same.</param>
    /// <returns>What became of it.</returns>
    public async Task<EnrolImageResponse> EnrolFileAsync(
        string gallery,
        string identity,
        ReadOnlyMemory<byte> file,
        EnrolImageRequest? fields = null,
        CancellationToken cancellationToken = default)
    {
        using MultipartFormDataContent form = FormOf(file);
        AddField(form, "imageId", fields?.ImageId);
        AddField(form, "facet", fields?.Facet);
        AddField(form, "takenAt", fields?.TakenAt?.ToString("O", CultureInfo.InvariantCulture));
        return await _api.SendAsync<EnrolImageResponse>(
            HttpMethod.Post, ImagesPath(gallery, identity), form, cancellationToken);
    }

    /// <summary>
    /// Enrols a stream of items, also an endless one, in pipelined requests, and yields one ack per item in the order
    /// of the items. Items are read ahead of the acks by a bounded window only.
    /// </summary>
    /// <remarks>
    /// What a broken connection left unanswered and what was refused as retryable is sent again, a bounded number of
    /// times. That is safe because an image is enrolled once per id: where the caller gives none, the id is fixed here
    /// before the first sending (SHA-256 of the file or of the vector's bytes). An item that was enrolled while its
    /// answer was lost therefore answers <see cref="EnrolStatus.Duplicate"/> when it is sent again, and is yielded so.
    /// An item that stays refused is yielded as <see cref="EnrolStatus.Rejected"/>; a service that stays unreachable,
    /// or refuses a whole request for another reason than the key's limits, ends the enumeration with a
    /// <see cref="GalleryApiException"/>: all acks before it hold. Two items with the same identity and image
    /// id are never under way at once, so the first one wins.
    /// </remarks>
    /// <param name="gallery">The gallery.</param>
    /// <param name="items">The items; their <see cref="IngestItem.Seq"/> come back in the acks (default: 1, 2,
    /// ...).</param>
    /// <param name="options">Batches, window and retries; null: the defaults.</param>
    /// <param name="cancellationToken">Ends the enumeration; items under way may be enrolled all the same.</param>
    /// <returns>The acks.</returns>
    public IAsyncEnumerable<IngestAck> IngestAsync(
        string gallery,
        IAsyncEnumerable<IngestItem> items,
        IngestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        options ??= new IngestOptions();
        options.Validate();
        string path = ApiConnection.Path("galleries", gallery) + "/images:ingest";
        return new IngestStream(_api, path, options).RunAsync(items, cancellationToken);
    }

    /// <summary>One page of an identity's images.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="cursor">Null for the first page, else the last page's <see cref="ImageListResponse.Next"/>.</param>
    /// <param name="limit">At most so many, 1 to 1,000; with vectors there may be fewer.</param>
    /// <param name="includeVectors">Whether each image comes with its embedding.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The page.</returns>
    public Task<ImageListResponse> ListImagesAsync(
        string gallery,
        string identity,
        string? cursor = null,
        int limit = 100,
        bool includeVectors = false,
        CancellationToken cancellationToken = default) =>
        _api.GetAsync<ImageListResponse>(
            ImagesPath(gallery, identity) + Paging(cursor, limit)
            + (includeVectors ? "&includeVectors=true" : string.Empty),
            cancellationToken);

    /// <summary>One image with its stored embedding.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="imageId">The image.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The image.</returns>
    public Task<ImageResponse> GetImageAsync(
        string gallery, string identity, string imageId, CancellationToken cancellationToken = default) =>
        _api.GetAsync<ImageResponse>(ImagePath(gallery, identity, imageId), cancellationToken);

    /// <summary>A small picture of an image.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="imageId">The image.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A JPEG file; where none is kept, the failure is <see cref="ErrorCodes.PictureNotFound"/>.</returns>
    public Task<ImageFile> GetThumbnailAsync(
        string gallery, string identity, string imageId, CancellationToken cancellationToken = default) =>
        _api.GetFileAsync(ImagePath(gallery, identity, imageId) + "/thumbnail", cancellationToken);

    /// <summary>An image's file as it came.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="imageId">The image.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The file; where none is kept, the failure is <see cref="ErrorCodes.PictureNotFound"/>.</returns>
    public Task<ImageFile> GetOriginalAsync(
        string gallery, string identity, string imageId, CancellationToken cancellationToken = default) =>
        _api.GetFileAsync(ImagePath(gallery, identity, imageId) + "/original", cancellationToken);

    /// <summary>Deletes one image.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="imageId">The image.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    public Task<DeletionReceipt> DeleteImageAsync(
        string gallery, string identity, string imageId, CancellationToken cancellationToken = default) =>
        _api.SendAsync<DeletionReceipt>(
            HttpMethod.Delete, ImagePath(gallery, identity, imageId), content: null, cancellationToken);

    /// <summary>Searches with a vector, a stored image or an identity.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The matches and the decision.</returns>
    public Task<SearchResponse> SearchAsync(
        string gallery, SearchRequest query, CancellationToken cancellationToken = default) =>
        _api.PostJsonAsync<SearchResponse>(
            ApiConnection.Path("galleries", gallery, "search"), query, cancellationToken);

    /// <summary>Runs several searches in one request.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="queries">1 to <see cref="SearchBatchRequest.MaxQueries"/>.</param>
    /// <param name="cancellationToken">Ends the searches.</param>
    /// <returns>An answer or an error each, in the order of the queries.</returns>
    public async Task<IReadOnlyList<SearchBatchResult>> SearchBatchAsync(
        string gallery, IReadOnlyList<SearchRequest> queries, CancellationToken cancellationToken = default) =>
        (await _api.PostJsonAsync<SearchBatchResponse>(
            ApiConnection.Path("galleries", gallery) + "/search:batch",
            new SearchBatchRequest { Queries = queries },
            cancellationToken)).Results;

    /// <summary>Searches with an image file.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="file">The file's bytes.</param>
    /// <param name="fields">Top, threshold, facet left out, filter and completeness; its query fields are not sent.
    /// </param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The matches and the decision.</returns>
    public async Task<SearchResponse> SearchFileAsync(
        string gallery,
        ReadOnlyMemory<byte> file,
        SearchRequest? fields = null,
        CancellationToken cancellationToken = default)
    {
        using MultipartFormDataContent form = FormOf(file);
        AddField(form, "top", fields?.Top?.ToString(CultureInfo.InvariantCulture));
        AddField(form, "threshold", fields?.Threshold?.ToString("R", CultureInfo.InvariantCulture));
        AddField(form, "excludeFacet", fields?.ExcludeFacet);
        AddField(
            form, "filter",
            fields?.Filter is null ? null : JsonSerializer.Serialize(fields.Filter, GalleryJson.Options));
        AddField(form, "includeVector", fields?.IncludeVector == true ? "true" : null);
        AddField(form, "requireComplete", fields?.RequireComplete == true ? "true" : null);
        return await _api.SendAsync<SearchResponse>(
            HttpMethod.Post, ApiConnection.Path("galleries", gallery, "search"), form, cancellationToken);
    }

    private static string ImagesPath(string gallery, string identity) => IdentityPath(gallery, identity) + "/images";

    private static string ImagePath(string gallery, string identity, string imageId) =>
        ImagesPath(gallery, identity) + "/" + ApiConnection.Escape(imageId);

    private static MultipartFormDataContent FormOf(params IEnumerable<ReadOnlyMemory<byte>> files)
    {
        MultipartFormDataContent form = [];
        foreach (ReadOnlyMemory<byte> file in files)
        {
            form.Add(new ReadOnlyMemoryContent(file), "file", "image");
        }

        return form;
    }

    private static void AddField(MultipartFormDataContent form, string name, string? value)
    {
        if (value is not null)
        {
            form.Add(new StringContent(value), name);
        }
    }
}
