namespace OrleansGallery.Training;

/// <summary>Which draw a random sequence belongs to, so that no two share numbers. The values are part of the look.</summary>
internal enum RandomStream
{
    Family = 1,
    Product = 2,
    Label = 3,
    View = 4,
}
