using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>What requests about keys and their answers look like.</summary>
internal static class KeyExamples
{
    private const string Id = "5f0c8a1e94d2b763";

    private static readonly DateTimeOffset Made = DateTimeOffset.UnixEpoch.AddYears(56);

    public static CreateKeyRequest Create { get; } = new()
    {
        Name = "entrance camera", Role = KeyRole.Write, Galleries = ["people"], RequestsPerSecond = 50,
    };

    public static KeyResponse Listed { get; } = new()
    {
        Id = Id, Name = "entrance camera", Role = KeyRole.Write, Galleries = ["people"], RequestsPerSecond = 50,
        CreatedAt = Made,
    };

    public static KeyResponse Created { get; } = Listed with
    {
        Key = $"{KeyText.Prefix}{Id}_{GalleryExamples.RootHash}",
    };

    public static KeyListResponse List { get; } = new() { Keys = [Listed] };

    public static OwnKeyResponse Own { get; } = new() { Open = false, Key = Listed };

    public static KeyResponse Revoked { get; } = Listed with { RevokedAt = Made.AddDays(30) };
}
