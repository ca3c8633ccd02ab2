namespace OrleansGallery.Imaging;

/// <summary>How a picture of another shape becomes a model's input.</summary>
public enum FitKind
{
    /// <summary>Both sides are resized by themselves: nothing is lost, shapes change.</summary>
    Stretch,

    /// <summary>Resized by its shorter side, then the input is cut from the centre.</summary>
    Crop,

    /// <summary>Resized by its longer side, with black beside it.</summary>
    Pad,
}
