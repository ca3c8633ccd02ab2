namespace OrleansGallery.UnitTests.Imaging;

/// <summary>How far decoders may differ on a sample.</summary>
internal enum SampleTolerance
{
    /// <summary>Not at all.</summary>
    Exact,

    /// <summary>By the rounding of an inverse transform or a colour conversion.</summary>
    Rounding,
}
