namespace OrleansGallery.Abstractions;

/// <summary>
/// Who runs models, as any silo knows it: by this, callers that are no silos know whom they may ask. Stateless; key: 0.
/// </summary>
[Alias("gallery.IEmbeddingSilosGrain")]
public interface IEmbeddingSilosGrain : IGrainWithIntegerKey
{
    /// <summary>The silos with the role embedding that are not dead, as they are known to the silo that is
    /// asked.</summary>
    /// <returns>The silos; none: images cannot be embedded.</returns>
    [Alias("List"), ResponseTimeout("00:00:02")]
    Task<IReadOnlyList<EmbeddingSilo>> ListAsync();
}
