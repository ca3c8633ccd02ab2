namespace OrleansGallery.Abstractions;

/// <summary>What the identity that gets images must be.</summary>
[GenerateSerializer, Alias("gallery.TransferTarget")]
public enum TransferTarget
{
    /// <summary>It has images already.</summary>
    Existing = 0,

    /// <summary>It has none yet.</summary>
    New = 1,

    /// <summary>Either.</summary>
    Any = 2,
}
