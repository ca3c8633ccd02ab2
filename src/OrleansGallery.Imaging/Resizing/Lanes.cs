namespace OrleansGallery.Imaging;

/// <summary>Which form of a kernel runs; all give the same bytes.</summary>
internal enum Lanes
{
    /// <summary>One value at a time: the oracle of the others.</summary>
    Scalar,

    /// <summary>Four 32-bit sums.</summary>
    Vector128,

    /// <summary>Eight 32-bit sums.</summary>
    Vector256,
}
