using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Turns the store's failures in any grain, in its reads above all, into the caller's exceptions.</summary>
internal sealed class StoreErrorFilter : IIncomingGrainCallFilter
{
    /// <inheritdoc />
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (StoreAwayException exception)
        {
            throw StoreErrors.ToGalleryException(exception);
        }
    }
}
