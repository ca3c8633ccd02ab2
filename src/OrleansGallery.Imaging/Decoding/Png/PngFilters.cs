namespace OrleansGallery.Imaging;

/// <summary>Undoes the filter of a row (PNG specification 3, section 9).</summary>
internal static class PngFilters
{
    public static void Undo(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        if (filter > 4)
        {
            throw ImageException.Corrupt(ImageFormat.Png, $"a row has filter {filter}");
        }

        for (int i = 0; i < row.Length && filter > 0; i++)
        {
            int left = i < pixelBytes ? 0 : row[i - pixelBytes];
            int corner = i < pixelBytes ? 0 : above[i - pixelBytes];
            row[i] += (byte)(filter switch
            {
                1 => left,
                2 => above[i],
                3 => left + above[i] >> 1,
                _ => Nearest(left, above[i], corner),
            });
        }
    }

    /// <summary>Paeth's predictor: whichever is nearest to left + above - corner.</summary>
    private static int Nearest(int left, int above, int corner)
    {
        int sum = left + above - corner;
        (int toLeft, int toAbove, int toCorner) = (Math.Abs(sum - left), Math.Abs(sum - above), Math.Abs(sum - corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
