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
    // No other receipt has it.
    private const string OfErasures = "erasedAt";

    public static StoredOperation ToStored(OperationReceipt receipt, byte[] digest, DateTimeOffset expires) =>
        ToStored(receipt.OperationId, receipt, digest, expires);

    public static StoredOperation ToStored(ErasureReceipt receipt, byte[] digest, DateTimeOffset expires) =>
        ToStored(receipt.OperationId, receipt, digest, expires);

    public static OperationReceipt ToReceipt(StoredOperation operation) => IsErasure(operation)
        ? throw new OperationConflictException(
            $"Operation '{operation.Id}' is an erasure, which has a receipt of its own and is never undone.")
        : Read<OperationReceipt>(operation);

    public static ErasureReceipt ToErasure(StoredOperation operation) => IsErasure(operation)
        ? Read<ErasureReceipt>(operation)
        : throw new OperationConflictException($"Operation '{operation.Id}' is no erasure.");

    /// <summary>Sees that an operation that was carried out is the one that is asked for.</summary>
    /// <exception cref="OperationConflictException">Its id was used for another one.</exception>
    public static void RequireSame(StoredOperation found, byte[] digest)
    {
        if (!found.Digest.AsSpan().SequenceEqual(digest))
        {
            throw new OperationConflictException(
                $"Operation '{found.Id}' was carried out and asked for something else; use another id.");
        }
    }

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

    /// <summary>What is asked for.</summary>
    public static byte[] DigestOf(string identityId, EraseRequest request) => DigestOf(
        request.ImageId is null ? ["erase", identityId] : ["erase", identityId, request.ImageId]);

    /// <summary>What is asked for, whatever the order of the images. No id has a line's end in it.</summary>
    public static byte[] DigestOf(string sourceId, TransferRequest request) => DigestOf([
        request.IsSplit ? "split" : $"transfer {request.Target}", sourceId, request.TargetId,
        request.ImageIds is null ? "all" : "some",
        .. (request.ImageIds ?? []).Order(StringComparer.Ordinal),
    ]);

    private static StoredOperation ToStored<T>(string id, T receipt, byte[] digest, DateTimeOffset expires) => new()
    {
        Id = id,
        Digest = digest,
        Receipt = JsonSerializer.Serialize(receipt, GalleryJson.Options),
        ExpiresAt = expires,
    };

    private static bool IsErasure(StoredOperation operation)
    {
        using JsonDocument receipt = JsonDocument.Parse(operation.Receipt);
        return receipt.RootElement.ValueKind == JsonValueKind.Object
            && receipt.RootElement.TryGetProperty(OfErasures, out _);
    }

    private static T Read<T>(StoredOperation operation)
        where T : class => JsonSerializer.Deserialize<T>(operation.Receipt, GalleryJson.Options)
        ?? throw new StorageDamagedException($"The receipt of operation '{operation.Id}' is empty.");

    private static byte[] DigestOf(string[] asked) => SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\n', asked)));
}
