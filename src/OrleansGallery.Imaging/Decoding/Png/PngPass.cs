namespace OrleansGallery.Imaging;

/// <summary>One of Adam7's passes: where it starts, and how far its pixels lie apart.</summary>
internal readonly record struct PngPass(int X, int Y, int StepX, int StepY)
{
    public static ReadOnlySpan<PngPass> All => Passes;

    private static readonly PngPass[] Passes =
    [
        new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2),
        new(0, 1, 1, 2),
    ];

    public int Columns(PngLayout layout) => (int)((layout.Width + StepX - 1 - X) / StepX);

    public int Rows(PngLayout layout) => (int)((layout.Height + StepY - 1 - Y) / StepY);
}
