namespace OrleansGallery.Drawing;

/// <summary>
/// What a random sequence is for, so that no two share numbers. The values are part of the catalogue's look and of what
/// a seed means in a training.
/// </summary>
public enum RandomPurpose
{
    /// <summary>What a catalogue's family has in common.</summary>
    Family = 1,

    /// <summary>A catalogue's product.</summary>
    Product = 2,

    /// <summary>A product's label.</summary>
    Label = 3,

    /// <summary>A view of a product.</summary>
    View = 4,

    /// <summary>Which identities and images make a batch.</summary>
    Sampling = 101,

    /// <summary>How one image is changed.</summary>
    Augmentation = 102,

    /// <summary>The photographs' crops.</summary>
    Crops = 103,

    /// <summary>Which identities and images make a few-shot episode.</summary>
    Episodes = 104,
}
