using System.Globalization;
using OrleansGallery.Testing;

namespace OrleansGallery.TorchTests.Data;

/// <summary>One folder per identity; its pictures are noise around the identity's colour.</summary>
internal sealed class PictureFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PictureFolder(int identities, int images, int side)
    {
        Random random = new(5);
        for (int identity = 0; identity < identities; identity++)
        {
            byte[] colour = new byte[3];
            random.NextBytes(colour);
            for (int image = 0; image < images; image++)
            {
                byte[] pixels = [.. Enumerable.Range(0, side * side * 3)
                    .Select(i => (byte)Math.Clamp(colour[i % 3] + random.Next(-40, 41), 0, 255))];
                Directory.CreateDirectory(Path.GetDirectoryName(PathOf(identity, image))!);
                File.WriteAllBytes(PathOf(identity, image), PngFile.Rgb(side, side, pixels));
            }
        }
    }

    public string Root => _folder.Root;

    public string PathOf(int identity, int image) =>
        Path.Combine(Root, identity.ToString(CultureInfo.InvariantCulture), $"{image}.png");

    public void Dispose() => _folder.Dispose();
}
