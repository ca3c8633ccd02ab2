namespace OrleansGallery.Drawing;

/// <summary>Where the product is in an image.</summary>
/// <param name="RotationDegrees">In the image plane, -50 to 50; 85 % within 25.</param>
/// <param name="YawDegrees">Around the vertical axis, -35 to 35.</param>
/// <param name="PitchDegrees">Around the horizontal axis, -25 to 25.</param>
/// <param name="Scale">0.5 to 1.2; at 1 the longest side is <see cref="Projection.ProductSide"/> of the image.</param>
/// <param name="ShiftX">From the middle to the right, in shorter image sides.</param>
/// <param name="ShiftY">From the middle down, in shorter image sides.</param>
internal sealed record ViewPose(
    double RotationDegrees, double YawDegrees, double PitchDegrees, double Scale, double ShiftX, double ShiftY);
