namespace OrleansGallery.Storage;

/// <summary>A model's file.</summary>
/// <param name="Id">The model's id.</param>
/// <param name="Sha256">SHA-256 of the whole file, lower-case hex.</param>
/// <param name="Length">Its length in bytes.</param>
public sealed record StoredModel(string Id, string Sha256, long Length)
{
    /// <summary>The length of every chunk but the last: well below what a message or a row may have. Part of the
    /// format, never changed.</summary>
    public const int ChunkLength = 2 * 1024 * 1024;

    /// <summary>How many chunks it has.</summary>
    public int Chunks => (int)((Length + ChunkLength - 1) / ChunkLength);

    /// <summary>The length of a chunk.</summary>
    /// <param name="number">Which, from 0.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such chunk.</exception>
    public int LengthOf(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Chunks);
        return (int)Math.Min(ChunkLength, Length - ((long)number * ChunkLength));
    }

    /// <summary>Refuses a chunk of another length.</summary>
    /// <param name="number">Which, from 0.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <exception cref="ArgumentException">The length is another.</exception>
    internal void Require(int number, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length != LengthOf(number))
        {
            throw new ArgumentException(
                $"Chunk {number} of the model '{Id}' has {LengthOf(number)} bytes, not {bytes.Length}.",
                nameof(bytes));
        }
    }
}
