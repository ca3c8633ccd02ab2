using SkiaSharp;

namespace OrleansGallery.Drawing;

/// <summary>
/// A product's paths in its own space: the centre is (0, 0), y is down, the longest side is about 1 (-0.5 to 0.5).
/// </summary>
internal sealed class ProductForm(SKPath body, SKRect labelArea, SKPath? behind = null, SKPath? front = null)
    : IDisposable
{
    /// <summary>The part that carries texture and label.</summary>
    public SKPath Body { get; } = body;

    /// <summary>Where the label goes, within the body.</summary>
    public SKRect LabelArea { get; } = labelArea;

    /// <summary>Parts drawn before the body (handles, sides), if any.</summary>
    public SKPath? Behind { get; } = behind;

    /// <summary>Parts drawn after the body (caps, lids, soles), if any.</summary>
    public SKPath? Front { get; } = front;

    /// <summary>Every part, in drawing order; their union is the silhouette.</summary>
    public IEnumerable<SKPath> Parts
    {
        get
        {
            if (Behind is not null)
            {
                yield return Behind;
            }

            yield return Body;
            if (Front is not null)
            {
                yield return Front;
            }
        }
    }

    public bool Contains(float x, float y) => Parts.Any(part => part.Contains(x, y));

    public void Dispose()
    {
        foreach (SKPath part in Parts)
        {
            part.Dispose();
        }
    }
}
