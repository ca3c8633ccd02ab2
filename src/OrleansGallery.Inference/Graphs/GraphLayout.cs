namespace OrleansGallery.Inference;

/// <summary>The order of an input's axes.</summary>
public enum GraphLayout
{
    /// <summary>A plane a colour: [B, 3, H, W].</summary>
    Nchw,

    /// <summary>Colours beside each other: [B, H, W, 3].</summary>
    Nhwc,
}
