namespace OrleansGallery.Training;

/// <summary>What a sequence of random numbers is for; each purpose has its own.</summary>
public enum RandomPurpose
{
    /// <summary>Which identities and images make a batch.</summary>
    Sampling = 101,

    /// <summary>How one image is changed.</summary>
    Augmentation = 102,

    /// <summary>The photographs' crops.</summary>
    Crops = 103,

    /// <summary>Which identities and images make a few-shot episode.</summary>
    Episodes = 104,
}
