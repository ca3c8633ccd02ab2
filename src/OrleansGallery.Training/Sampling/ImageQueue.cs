using OrleansGallery.Drawing;

namespace OrleansGallery.Training;

/// <summary>An identity's images in random order, taken without replacement.</summary>
internal sealed class ImageQueue
{
    private readonly int[] _images;
    private int _taken;

    public ImageQueue(int images, KeyedRandom random)
    {
        _images = [.. Enumerable.Range(0, images)];
        random.Shuffle<int>(_images);
    }

    public int Left => _images.Length - _taken;

    public int[] Take(int count, FillKind fill, KeyedRandom random)
    {
        int real = Math.Min(count, Left);
        int[] rows = new int[count];
        Array.Copy(_images, _taken, rows, 0, real);
        for (int i = real; i < count; i++)
        {
            rows[i] = fill == FillKind.Mock ? SampledRow.Mock : rows[random.Below(real)];
        }

        _taken += real;
        return rows;
    }
}
