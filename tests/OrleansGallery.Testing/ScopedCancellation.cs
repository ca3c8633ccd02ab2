namespace OrleansGallery.Testing;

/// <summary>A source that is cancelled at the end of its scope, so that what a test runs beside itself ends with it,
/// also where the test fails.</summary>
public sealed class ScopedCancellation : CancellationTokenSource
{
    private bool _disposed;

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            Cancel();
        }

        base.Dispose(disposing);
    }
}
