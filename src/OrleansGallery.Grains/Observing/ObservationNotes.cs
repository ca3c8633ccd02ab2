using System.Text.Json;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Observations as they are remembered among a gallery's operations. Their ids have a slash, which no id of a
/// caller's has.</summary>
internal static class ObservationNotes
{
    public static string IdOf(string observationId) => $"observation/{observationId}";

    public static string UndoingIdOf(string observationId) => $"observation/{observationId}/undone";

    /// <summary>What is written with the change that an observation makes.</summary>
    /// <param name="record">The observation.</param>
    /// <param name="digest">SHA-256 of its images' contents.</param>
    /// <param name="expires">Until when it is remembered.</param>
    public static ChangeNote ToNote(ObservationRecord record, byte[] digest, DateTimeOffset expires) => new()
    {
        Id = record.UndoneAt is null ? IdOf(record.ObservationId) : UndoingIdOf(record.ObservationId),
        Digest = digest,
        Receipt = JsonSerializer.Serialize(record, GalleryJson.Options),
        ExpiresAt = expires,
    };

    /// <summary>Reads one back.</summary>
    /// <param name="stored">What is remembered.</param>
    /// <param name="digest">SHA-256 of the images' contents; null: whatever they were.</param>
    /// <exception cref="ImageChangedException">It was of other images.</exception>
    public static ObservationRecord Read(StoredOperation stored, byte[]? digest)
    {
        ObservationRecord record = JsonSerializer.Deserialize<ObservationRecord>(stored.Receipt, GalleryJson.Options)
            ?? throw new StorageDamagedException($"What is remembered as '{stored.Id}' is empty.");
        return digest is null || digest.AsSpan().SequenceEqual(stored.Digest)
            ? record
            : throw new ImageChangedException(
                $"The observation '{record.ObservationId}' was made with other content; send it under another id.");
    }
}
