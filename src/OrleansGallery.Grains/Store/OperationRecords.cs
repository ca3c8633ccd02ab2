using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Operations as the store keeps them.</summary>
internal static class OperationRecords
{
    public static StoredOperation ToStored(OperationReceipt receipt, byte[] digest, DateTimeOffset expires) => new()
    {
        Id = receipt.OperationId,
        Digest = digest,
        Receipt = JsonSerializer.Serialize(receipt, GalleryJson.Options),
        ExpiresAt = expires,
    };

    public static OperationReceipt ToReceipt(StoredOperation operation) =>
        JsonSerializer.Deserialize<OperationReceipt>(operation.Receipt, GalleryJson.Options)
        ?? throw new StorageDamagedException($"The receipt of operation '{operation.Id}' is empty.");

    public static OperationNotFoundException NotFound(string operationId) =>
        new($"There is no operation '{operationId}', or it is not remembered any more.");

    /// <summary>What is asked for, whatever the order of the images. No id has a line's end in it.</summary>
    public static byte[] DigestOf(string sourceId, TransferRequest request) => SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', [
            $"transfer {request.Target}", sourceId, request.TargetId, request.ImageIds is null ? "all" : "some",
            .. (request.ImageIds ?? []).Order(StringComparer.Ordinal),
        ])));
}
