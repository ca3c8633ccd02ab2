using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Changes a gallery's settings in the store, anew where somebody else did so meanwhile.</summary>
internal sealed class SettingsChange(IGalleryStore store, StoreWrites writes)
{
    private const int Attempts = 10;

    /// <summary>Changes them.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="change">Makes the new settings of those that are stored; the same: nothing is written.</param>
    /// <returns>False: there is no such gallery.</returns>
    /// <exception cref="RetryException">Others changed them each time.</exception>
    public async Task<bool> RunAsync(long gallery, Func<StoredSettings, Task<StoredSettings>> change)
    {
        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await store.FindGalleryAsync(gallery, CancellationToken.None) is not { } record)
            {
                return false;
            }

            StoredSettings old = StoredSettings.Of(record);
            StoredSettings changed = await change(old);
            if (ReferenceEquals(old, changed) || await writes.RunAsync(writer => writer.PutSettingsAsync(
                gallery, record.Settings, changed.ToText(), CancellationToken.None)))
            {
                return true;
            }
        }

        throw new RetryException($"The gallery's settings changed {Attempts} times meanwhile; ask again.")
        {
            NothingWritten = true,
        };
    }
}
