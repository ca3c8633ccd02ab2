namespace OrleansGallery.Drawing;

/// <summary>The light and the camera of an image.</summary>
/// <param name="Gain">The light's strength, 0.5 to 1.6.</param>
/// <param name="Cast">The light's colour: a factor for red, green and blue, 0.86 to 1.14.</param>
/// <param name="LightDegrees">The direction in which the light falls off across the image.</param>
/// <param name="Falloff">By how much: 0 to 0.22 more on one side and less on the other.</param>
/// <param name="BlurPixels">Standard deviation of the blur at 256 pixels, 0 to 1.6.</param>
/// <param name="Noise">Half-width of the sensor's noise in levels, 0 to 10.</param>
/// <param name="JpegQuality">60 to 95.</param>
internal sealed record ViewCamera(
    double Gain,
    (double Red, double Green, double Blue) Cast,
    double LightDegrees,
    double Falloff,
    double BlurPixels,
    double Noise,
    int JpegQuality);
