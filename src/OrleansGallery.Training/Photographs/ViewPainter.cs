namespace OrleansGallery.Training;

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
                float alpha = crop.IsCutout ? Value(_crop, u, v, 3) / 255 : (float)mask.At(u, v);
                if (alpha > 0)
                {
                    for (int channel = 0; channel < 3; channel++)
                    {
                        _view[at + channel] += alpha * (Value(_crop, u, v, channel) - _view[at + channel]);
                    }
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
                int at = ((y * width) + x) * 3;
                for (int channel = 0; channel < 3; channel++)
                {
                    _view[at + channel] = Value(source, u, v, channel);
                }
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
                for (int channel = 0; channel < 3; channel++)
                {
                    _view[at + channel] = picture
                        ? Value(_other, Centred(x, columns), Centred(y, rows), channel)
                        : colour[channel];
                }
            }
        }
    }

    // Bilinear; beyond the crop its edge goes on.
    private float Value(byte[] rgba, double u, double v, int channel)
    {
        int side = store.Side;
        double x = Math.Clamp((u + 1) * 0.5 * (side - 1), 0, side - 1);
        double y = Math.Clamp((v + 1) * 0.5 * (side - 1), 0, side - 1);
        int left = Math.Min((int)x, side - 2);
        int top = Math.Min((int)y, side - 2);
        float fx = (float)(x - left);
        float fy = (float)(y - top);
        int at = (((top * side) + left) * 4) + channel;
        float above = rgba[at] + (fx * (rgba[at + 4] - rgba[at]));
        float below = rgba[at + (side * 4)] + (fx * (rgba[at + (side * 4) + 4] - rgba[at + (side * 4)]));
        return above + (fy * (below - above));
    }

    private static double Centred(int place, int length) => ((place + 0.5) * 2 / length) - 1;
}
