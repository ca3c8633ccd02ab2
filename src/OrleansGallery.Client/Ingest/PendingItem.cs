using System.Runtime.InteropServices;
using System.Security.Cryptography;
using OrleansGallery.Contracts;

namespace OrleansGallery.Client;

/// <summary>One item between its reading and its ack.</summary>
internal sealed class PendingItem
{
    /// <summary>Braces, names, ids and times of a line without its image or vector.</summary>
    private const int LineOverhead = 256;

    /// <summary>Fixes the image id, so that sending the item twice enrols it once.</summary>
    /// <param name="item">The caller's item.</param>
    /// <param name="number">Its position in the stream, from 1.</param>
    public PendingItem(IngestItem item, long number)
    {
        ArgumentNullException.ThrowIfNull(item);
        Seq = item.Seq ?? number;
        Item = item.ImageId is null ? item with { ImageId = DefaultId(item) } : item;
        long content = (item.Image?.LongLength ?? 0) + ((item.Vector?.LongLength ?? 0) * sizeof(float));
        Bytes = LineOverhead + (content * 4 / 3);
    }

    public IngestItem Item { get; }

    /// <summary>The caller's number of the item.</summary>
    public long Seq { get; }

    /// <summary>About how long its line is.</summary>
    public long Bytes { get; }

    /// <summary>How often it was sent.</summary>
    public int Attempts { get; set; }

    public TaskCompletionSource<IngestAck> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What may be enrolled once.</summary>
    public (string? Identity, string? ImageId) Key => (Item.Identity, Item.ImageId);

    /// <summary>Ends the caller's enumeration when it comes to this item.</summary>
    public void Fail(Exception exception)
    {
        Answer.TrySetException(exception);
        // Only the first failed item is awaited; the others must not count as unobserved.
        _ = Answer.Task.Exception;
    }

    private static string? DefaultId(IngestItem item) => item switch
    {
        { Image: { } image } => Convert.ToHexStringLower(SHA256.HashData(image)),
        { Vector: { } vector } => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(vector.AsSpan()))),
        _ => null, // the service says what is missing
    };
}
