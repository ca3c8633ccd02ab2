namespace OrleansGallery.Inference.Checkpoints;

/// <summary>The numbers beside a pickle.</summary>
internal interface ITorchStorages : IDisposable
{
    /// <summary>Reads some bytes of a storage.</summary>
    /// <param name="key">Its name in the file.</param>
    /// <param name="offset">The first byte.</param>
    /// <param name="destination">As many bytes as are wanted; they are there.</param>
    void Read(string key, long offset, Span<byte> destination);
}
