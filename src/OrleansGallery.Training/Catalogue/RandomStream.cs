namespace OrleansGallery.Training;

/// <summary>What a random sequence is for, so that no two share numbers. The values are part of the look.</summary>
internal enum RandomStream
{
    Family = 1,
    Product = 2,
    Label = 3,
    View = 4,
}
