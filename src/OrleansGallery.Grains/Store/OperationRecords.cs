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

    /// <summary>What must be there where an operation's images came from. What was renamed goes back to an id that
    /// nobody else has taken.</summary>
    public static TransferTarget TargetOfUndoing(StoredOperation undone)
    {
        OperationReceipt receipt = ToReceipt(undone);
        return receipt.Source.After.Count + receipt.Target.Before.Count == 0 ? TransferTarget.New : TransferTarget.Any;
    }

    /// <summary>What is asked for, whatever the undone operation was: it may be forgotten first.</summary>
    public static byte[] DigestOf(UndoRequest request) => DigestOf(["undo", request.UndoneId]);

    /// <summary>What is asked for, whatever the order of the images. No id has a line's end in it.</summary>
    public static byte[] DigestOf(string sourceId, TransferRequest request) => DigestOf([
        request.IsSplit ? "split" : $"transfer {request.Target}", sourceId, request.TargetId,
        request.ImageIds is null ? "all" : "some",
        .. (request.ImageIds ?? []).Order(StringComparer.Ordinal),
    ]);

    private static byte[] DigestOf(string[] asked) => SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\n', asked)));
}
