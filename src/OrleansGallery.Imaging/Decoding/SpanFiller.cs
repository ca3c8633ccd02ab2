namespace OrleansGallery.Imaging;

/// <summary>Writes bytes into a buffer that the callee owns.</summary>
internal delegate void SpanFiller<TState>(Span<byte> destination, TState state)
    where TState : allows ref struct;
