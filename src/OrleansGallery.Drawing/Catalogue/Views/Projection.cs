using SkiaSharp;

namespace OrleansGallery.Drawing;

/// <summary>
/// The homography from a product's plane to the image, in pixels: the plane is scaled, turned in space and seen by a
/// pinhole camera; a point that is not tilted keeps its size.
/// </summary>
internal readonly struct Projection
{
    /// <summary>A product's longest side at scale 1, as a part of the image's shorter side.</summary>
    public const double ProductSide = 0.84;

    /// <summary>From the camera to the product's centre, in shorter image sides.</summary>
    private const double CameraDistance = 1.8;

    private readonly double _xx;
    private readonly double _xy;
    private readonly double _yx;
    private readonly double _yy;
    private readonly double _zx;
    private readonly double _zy;
    private readonly double _left;
    private readonly double _top;
    private readonly double _unit;

    public Projection(ViewPose pose, int width, int height)
    {
        double roll = Radians(pose.RotationDegrees);
        double yaw = Radians(pose.YawDegrees);
        double pitch = Radians(pose.PitchDegrees);
        double size = pose.Scale * ProductSide;
        // Columns of Rz(roll) Ry(yaw) Rx(pitch), third row for the depth.
        double x1 = Math.Cos(yaw);
        double x2 = Math.Sin(yaw) * Math.Sin(pitch);
        double y2 = Math.Cos(pitch);
        _xx = size * Math.Cos(roll) * x1;
        _xy = size * ((Math.Cos(roll) * x2) - (Math.Sin(roll) * y2));
        _yx = size * Math.Sin(roll) * x1;
        _yy = size * ((Math.Sin(roll) * x2) + (Math.Cos(roll) * y2));
        _zx = -size * Math.Sin(yaw) / CameraDistance;
        _zy = size * Math.Cos(yaw) * Math.Sin(pitch) / CameraDistance;
        _unit = Math.Min(width, height);
        _left = (width / 2.0) + (pose.ShiftX * _unit);
        _top = (height / 2.0) + (pose.ShiftY * _unit);
    }

    /// <summary>Where a point of the product's plane lands, in pixels.</summary>
    public (double X, double Y) Map(double x, double y)
    {
        double depth = 1 + (_zx * x) + (_zy * y);
        return (_left + (_unit * ((_xx * x) + (_xy * y)) / depth), _top + (_unit * ((_yx * x) + (_yy * y)) / depth));
    }

    /// <summary>The same mapping for a canvas.</summary>
    public SKMatrix ToMatrix() => new(
        (float)((_unit * _xx) + (_left * _zx)), (float)((_unit * _xy) + (_left * _zy)), (float)_left,
        (float)((_unit * _yx) + (_top * _zx)), (float)((_unit * _yy) + (_top * _zy)), (float)_top,
        (float)_zx, (float)_zy, 1);

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
