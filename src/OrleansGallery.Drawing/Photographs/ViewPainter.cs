namespace OrleansGallery.Drawing;

/// <summary>Draws views of crops. It has buffers of its own, so every thread has its own painter.</summary>
internal sealed class ViewPainter(CropStore store, int height, int width)
{
    private readonly byte[] _crop = new byte[store.Side * store.Side * 4];
    private readonly byte[] _other = new byte[store.Side * store.Side * 4];
    private readonly float[] _view = new float[height * width * 3];

    /// <summary>Draws a view.</summary>
    /// <param name="crop">Of what.</param>
    /// <param name="crops">Others, for backgrounds and what hides it.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="destination">height x width x 3 bytes.</param>
    public void Paint(Crop crop, IReadOnlyList<Crop> crops, IRandomNumbers random, Span<byte> destination)
    {
        store.Read(crop.Offset, _crop);
        if (crop.IsCutout || random.Chance(0.5))
        {
            PaintBackground(crops, random);
            PaintObject(crop, random);
        }
        else
        {
            ViewGeometry geometry = ViewGeometry.Draw(random, Math.Sqrt(random.Uniform(0.16, 1)));
            Sample(_crop, geometry);
        }

        if (random.Chance(0.4))
        {
            Hide(crops, random);
        }

        CameraLook.Apply(_view, height, width, random);
        for (int i = 0; i < _view.Length; i++)
        {
            destination[i] = (byte)Math.Clamp(_view[i] + 0.5f, 0, 255);
        }
    }

    private void PaintBackground(IReadOnlyList<Crop> crops, IRandomNumbers random)
    {
        if (random.Chance(0.6))
        {
            store.Read(crops[random.Below(crops.Count)].Offset, _other);
            Sample(_other, ViewGeometry.Draw(random, Math.Sqrt(random.Uniform(0.3, 1))));
            return;
        }

        float[] colour = [random.Below(256), random.Below(256), random.Below(256)];
        double noise = random.Uniform(0, 30);
        for (int i = 0; i < _view.Length; i++)
        {
            _view[i] = colour[i % 3] + (float)(noise * (random.NextDouble() - 0.5));
        }
    }

    // The crop is smaller than the view here, cut out along its alpha or a random outline.
    private void PaintObject(Crop crop, IRandomNumbers random)
    {
        ViewGeometry geometry = ViewGeometry.Draw(random, random.Uniform(1.05, 1.8));
        SmoothMask mask = SmoothMask.Draw(random);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (double u, double v) = geometry.Map(Centred(x, width), Centred(y, height));
                if (u is <= -1 or >= 1 || v is <= -1 or >= 1)
                {
                    continue;
                }

                int at = ((y * width) + x) * 3;
                float alpha = crop.IsCutout ? Alpha(u, v) : (float)mask.At(u, v);
                if (alpha > 0)
                {
                    Blend(_crop, u, v, at, alpha);
                }
            }
        }
    }

    private void Sample(byte[] source, ViewGeometry geometry)
    {
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (double u, double v) = geometry.Map(Centred(x, width), Centred(y, height));
                Blend(source, u, v, ((y * width) + x) * 3, 1);
            }
        }
    }

    private void Hide(IReadOnlyList<Crop> crops, IRandomNumbers random)
    {
        int rows = (int)(height * random.Uniform(0.15, 0.5));
        int columns = (int)(width * random.Uniform(0.15, 0.5));
        int top = random.Below(height - rows + 1);
        int left = random.Below(width - columns + 1);
        bool picture = random.Chance(0.5);
        float[] colour = [random.Below(256), random.Below(256), random.Below(256)];
        if (picture)
        {
            store.Read(crops[random.Below(crops.Count)].Offset, _other);
        }

        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                int at = (((top + y) * width) + left + x) * 3;
                if (picture)
                {
                    Blend(_other, Centred(x, columns), Centred(y, rows), at, 1);
                    continue;
                }

                colour.CopyTo(_view.AsSpan(at));
            }
        }
    }

    // Bilinear; beyond the crop its edge goes on.
    private void Blend(byte[] rgba, double u, double v, int at, float alpha)
    {
        (int place, float fx, float fy) = Place(u, v);
        int below = place + (store.Side * 4);
        for (int channel = 0; channel < 3; channel++)
        {
            float value = Mix(rgba, place + channel, below + channel, fx, fy);
            _view[at + channel] += alpha * (value - _view[at + channel]);
        }
    }

    private float Alpha(double u, double v)
    {
        (int place, float fx, float fy) = Place(u, v);
        return Mix(_crop, place + 3, place + (store.Side * 4) + 3, fx, fy) / 255;
    }

    private (int Place, float X, float Y) Place(double u, double v)
    {
        int last = store.Side - 1;
        float x = (float)Math.Clamp((u + 1) * 0.5 * last, 0, last);
        float y = (float)Math.Clamp((v + 1) * 0.5 * last, 0, last);
        int left = Math.Min((int)x, last - 1);
        int top = Math.Min((int)y, last - 1);
        return (((top * store.Side) + left) * 4, x - left, y - top);
    }

    private static float Mix(byte[] rgba, int above, int below, float x, float y)
    {
        float upper = rgba[above] + (x * (rgba[above + 4] - rgba[above]));
        float lower = rgba[below] + (x * (rgba[below + 4] - rgba[below]));
        return upper + (y * (lower - upper));
    }

    private static double Centred(int place, int length) => ((place + 0.5) * 2 / length) - 1;
}
