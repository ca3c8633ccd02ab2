using System.Security.Cryptography;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Server;

/// <summary>One image or vector whose shape and ids are right, with its content hash.</summary>
internal sealed record ItemToEnrol
{
    public required string Identity { get; init; }

    public required string ImageId { get; init; }

    public required string Facet { get; init; }

    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>What the identity gets with it; null: nothing.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    /// <summary>The file; null: a vector.</summary>
    public byte[]? Image { get; init; }

    /// <summary>The vector; without meaning where there is a file.</summary>
    public VectorBytes Vector { get; init; }

    /// <summary>SHA-256 of the file, or of the vector's little-endian float32 bytes.</summary>
    public required byte[] ContentHash { get; init; }

    /// <exception cref="InvalidRequestException">Not exactly one of image and vector is given, or the attributes are
    /// more than an identity may have.</exception>
    /// <exception cref="InvalidIdException">An id, or an attribute's key, breaks the rules.</exception>
    public static ItemToEnrol Of(IngestItem item)
    {
        string identity = IdRules.Require("identity id", item.Identity);
        string facet = IdRules.RequireFacet(item.Facet);
        if (item.Image is null == item.Vector is null)
        {
            throw new InvalidRequestException(
                item.Image is null ? "Neither image nor vector is given." : "Both image and vector are given.");
        }

        VectorBytes vector = item.Vector is null ? default : VectorBytes.From(item.Vector);
        byte[] hash = SHA256.HashData(item.Image ?? vector.Bytes);
        return new ItemToEnrol
        {
            Identity = identity,
            ImageId = item.ImageId is null
                ? Convert.ToHexStringLower(hash)
                : IdRules.Require("image id", item.ImageId),
            Facet = facet,
            TakenAt = item.TakenAt,
            Attributes = AttributesOf(identity, item),
            Image = item.Image,
            Vector = vector,
            ContentHash = hash,
        };
    }

    private static Dictionary<string, string>? AttributesOf(string identity, IngestItem item)
    {
        if (item.Attributes is not { Count: > 0 } attributes)
        {
            return null;
        }

        AttributeRules.RequireFewChanges(attributes.Count);
        return AttributeRules.RequireRoom(identity, AttributeSet.Of(attributes.Select(pair => KeyValuePair.Create(
            AttributeRules.RequireOwnKey(pair.Key),
            AttributeRules.RequireValue(pair.Key, pair.Value
                ?? throw new InvalidRequestException($"The attribute '{pair.Key}' is null; leave it out."))))))
            .ToDictionary();
    }
}
