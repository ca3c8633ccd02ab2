using OrleansGallery.Abstractions;

namespace OrleansGallery.SystemTests.Embedding;

/// <summary>A stored model's file that a test withholds or damages.</summary>
internal sealed class FakeModelFile(byte[] content, string sha256, int chunkLength) : IModelFileGrain
{
    public TaskCompletionSource Held { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether there is none.</summary>
    public bool IsMissing { get; set; }

    /// <summary>How many of the next reads fail as if their silo were gone.</summary>
    public int Losses { get; set; }

    public int Finds { get; private set; }

    public Task<ModelFile?> FindAsync(CancellationToken cancellationToken)
    {
        Finds++;
        return Task.FromResult(IsMissing ? null : new ModelFile
        {
            Sha256 = sha256, Length = content.Length, Chunks = (content.Length + chunkLength - 1) / chunkLength,
        });
    }

    public async Task<byte[]?> ReadChunkAsync(ModelFile file, int chunk, CancellationToken cancellationToken)
    {
        await Held.Task;
        if (Losses > 0)
        {
            Losses--;
            throw new TimeoutException("Lost.");
        }

        return [.. content.Skip(chunk * chunkLength).Take(chunkLength)];
    }
}
