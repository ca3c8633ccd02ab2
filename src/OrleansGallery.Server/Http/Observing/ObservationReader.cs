using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Grains;

namespace OrleansGallery.Server;

/// <summary>Makes of a request what is observed: its images, checked, under the observation's id.</summary>
internal static class ObservationReader
{
    /// <summary>Reads a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The most bytes of a form.</param>
    /// <returns>Its fields and its images; a form's fields are without vectors.</returns>
    public static async Task<(ObserveRequest Fields, IReadOnlyList<byte[]> Files)> ReadAsync(
        HttpRequest request, int maxBytes)
    {
        if (!FormBody.Is(request))
        {
            return (await JsonBody.ReadAsync<ObserveRequest>(request), []);
        }

        FormBody form = await FormBody.ReadAsync(request, maxBytes);
        form.RequireFilesIn("file");
        IReadOnlyList<byte[]> files = form.Files("file");
        return files.Count == 0
            ? throw new InvalidRequestException(
                "The multipart body has no file in the field 'file'; an observation has one image at least.")
            : (new ObserveRequest
            {
                ImageId = form.Text("imageId"),
                Facet = form.Text("facet"),
                TakenAt = form.Time("takenAt"),
                JoinThreshold = form.Number("joinThreshold"),
                FoundThreshold = form.Number("foundThreshold"),
                Margin = form.Number("margin"),
            }, files);
    }

    /// <summary>The images of an observation as its identity takes them.</summary>
    /// <param name="fields">The request's fields.</param>
    /// <param name="files">Its files; none: its vectors are the images.</param>
    /// <returns>The images and the observation's id.</returns>
    /// <exception cref="InvalidRequestException">There is none, there are too many, or one is there twice.</exception>
    /// <exception cref="InvalidIdException">An id breaks the rules.</exception>
    public static (string ObservationId, IReadOnlyList<ItemToEnrol> Items) ItemsOf(
        ObserveRequest fields, IReadOnlyList<byte[]> files)
    {
        IngestItem[] items = files.Count > 0
            ? [.. files.Select(file => new IngestItem { Image = file })]
            : [.. VectorsOf(fields)];
        if (items.Length is < 1 or > ObserveRequest.MaxFrames)
        {
            throw new InvalidRequestException(
                $"The observation has {items.Length} frames; 1 to {ObserveRequest.MaxFrames} are possible.");
        }

        // Whose they are is not known yet; the rules for ids are checked all the same.
        ItemToEnrol[] images =
        [
            .. items.Select(item => ItemToEnrol.Of(item with
            {
                Identity = "observed",
                ImageId = item.ImageId ?? (items.Length == 1 ? fields.ImageId : null),
                Facet = fields.Facet,
                TakenAt = item.TakenAt ?? fields.TakenAt,
                Attributes = fields.Attributes,
            })),
        ];
        string[] ids = [.. images.Select(image => image.ImageId)];
        for (int i = 1; i < ids.Length; i++)
        {
            if (Array.IndexOf(ids, ids[i]) is var first && first < i)
            {
                throw new InvalidRequestException(
                    $"Frames {first} and {i} are both image '{ids[i]}'; send each once, or give them ids.");
            }
        }

        string observationId = fields.ImageId is not null ? IdRules.Require("image id", fields.ImageId)
            : ids.Length == 1 ? ids[0]
            : Convert.ToHexStringLower(DigestOf(images));
        string identityId = GalleryObserver.IdentityOf(observationId);
        return (observationId, [.. images.Select(image => image with { Identity = identityId })]);
    }

    /// <summary>SHA-256 of the images' contents.</summary>
    public static byte[] DigestOf(IEnumerable<ItemToEnrol> images) =>
        SHA256.HashData(images.SelectMany(image => image.ContentHash).ToArray());

    private static IEnumerable<IngestItem> VectorsOf(ObserveRequest fields) => (fields.Vector, fields.Frames) switch
    {
        ({ } vector, null) => [new IngestItem { Vector = vector }],
        (null, { } frames) => frames.Select((frame, i) => new IngestItem
        {
            Vector = frame?.Vector ?? throw new InvalidRequestException($"frames[{i}] has no vector."),
            ImageId = frame.ImageId,
            TakenAt = frame.TakenAt,
        }),
        (null, null) => throw new InvalidRequestException(
            "Neither vector nor frames is given; images are sent as multipart/form-data in the field 'file'."),
        _ => throw new InvalidRequestException("Both vector and frames are given; a vector is one frame."),
    };
}
