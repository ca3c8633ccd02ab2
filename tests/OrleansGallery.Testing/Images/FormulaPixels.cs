namespace OrleansGallery.Testing;

/// <summary>Pictures by formula, the same in any language, to compare with what other programs made.</summary>
public static class FormulaPixels
{
    /// <summary>
    /// Sample c of pixel (x, y) is the low byte of <c>(3xx + 7yy + 5(c+1)xy + 91c) xor (13x + 29y)</c>: all values,
    /// steep edges everywhere.
    /// </summary>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <returns>Interleaved RGB.</returns>
    public static byte[] Rgb(int width, int height)
    {
        byte[] rgb = new byte[height * width * 3];
        for (int i = 0; i < rgb.Length; i++)
        {
            long c = i % 3;
            long x = i / 3 % width;
            long y = i / 3 / width;
            rgb[i] = (byte)((3 * x * x + 7 * y * y + 5 * (c + 1) * x * y + 91 * c) ^ (13 * x + 29 * y));
        }

        return rgb;
    }
}
