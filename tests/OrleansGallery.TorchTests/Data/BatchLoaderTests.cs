using OrleansGallery.Imaging;
using OrleansGallery.Offline;
using OrleansGallery.Testing;
using OrleansGallery.Training;

namespace OrleansGallery.TorchTests.Data;

public sealed class BatchLoaderTests : IDisposable
{
    private const int Side = 16;

    private readonly PictureFolder _pictures = new(identities: 8, images: 5, Side);

    public void Dispose() => _pictures.Dispose();

    [Fact]
    public void Next_AnyNumberOfThreads_GivesTheSameBatches() => Assert.Equal(Load(1), Load(4));

    [Fact]
    public void Next_BegunLater_GoesOnAsIfBegunAtTheStart() =>
        Assert.Equal(Load(2)[1..], Load(3, firstBatch: 1));

    [Fact]
    public void Next_MockAndUnreadableRows_AreZeroAndNotReal()
    {
        ImageStub.Write(_pictures.PathOf(0, 0));
        FileViewSource source = Source();
        UnreadableImages unreadable = new(source.ImageCount);
        using BatchLoader loader = new(source, unreadable, 4, Options(1));
        loader.Begin([[new(0, 0), new(0, 1), new(1, 2), new(1, SampledRow.Mock)]], epoch: 0);
        LoadedBatch batch = loader.Next()!;
        Assert.Equal([false, true, true, false], batch.Describe(2).IsReal);
        float[] values = batch.Images.data<float>().ToArray();
        Assert.All(values[..(3 * Side * Side)], value => Assert.Equal(0, value));
        Assert.Contains(values[(3 * Side * Side)..(2 * 3 * Side * Side)], value => value != 0);
        Assert.StartsWith("0/0.png", Assert.Single(unreadable.Reasons), StringComparison.Ordinal);
        Assert.Null(loader.Next());
    }

    [Fact]
    public void Next_MoreThanFivePercentUnreadable_StopsWithAList()
    {
        for (int i = 0; i < 3; i++)
        {
            ImageStub.Write(_pictures.PathOf(i, 1));
        }

        FileViewSource source = Source();
        using BatchLoader loader = new(source, new UnreadableImages(source.ImageCount), 6, Options(2));
        loader.Begin([[new(0, 0), new(0, 1), new(1, 0), new(1, 1), new(2, 0), new(2, 1)]], epoch: 0);
        InvalidDataException stopped = Assert.Throws<InvalidDataException>(() => loader.Next());
        Assert.Contains("3 of 40 images", stopped.Message, StringComparison.Ordinal);
        Assert.Contains("1/1.png", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Source_SingleImages_AreLeftOutAndNamed()
    {
        for (int i = 1; i < 5; i++)
        {
            File.Delete(_pictures.PathOf(3, i));
        }

        FileViewSource source = Source();
        Assert.Equal(["3"], source.LeftOut);
        Assert.Equal(7, source.Identities.Count);
    }

    [Fact]
    public void Reader_CacheThatHoldsSome_ChangesNothing()
    {
        ImageSet set = FolderLayout.ReadSet(_pictures.Root);
        ImageReader cached = new(set, 8, 12, ResizeFilter.Bilinear, cacheBytes: 3 * 8 * 12 * 3);
        ImageReader plain = new(set, 8, 12, ResizeFilter.Bilinear, cacheBytes: 0);
        byte[] expected = new byte[plain.Length];
        byte[] actual = new byte[cached.Length];
        for (int i = 0; i < 20; i++)
        {
            plain.Read(i % 5, expected);
            cached.Read(i % 5, actual);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Reader_QuarterTurn_IsAgainstTheClock()
    {
        byte[] corner = new byte[4 * 4 * 3];
        corner[(3 * 3) + 0] = 255; // Red, top right.
        File.WriteAllBytes(_pictures.PathOf(0, 0), PngFile.Rgb(4, 4, corner));
        ImageSet set = FolderLayout.ReadSet(_pictures.Root);
        DataImage turned = set.Images[0] with { QuarterTurns = 1 };
        byte[] pixels = new byte[4 * 4 * 3];
        new ImageReader(set with { Images = [turned] }, 4, 4, ResizeFilter.Bilinear, 0).Read(0, pixels);
        Assert.Equal(255, pixels[0]); // Top left.
        Assert.Equal(255, pixels.Sum(value => value));
    }

    private float[][] Load(int threads, int firstBatch = 0)
    {
        FileViewSource source = Source();
        using BatchLoader loader = new(source, new UnreadableImages(source.ImageCount), 8, Options(threads));
        PkSampler sampler = new(source.Identities, new SamplerOptions { Identities = 4, Images = 2 }, 3);
        loader.Begin(sampler.Plan(2), epoch: 2, firstBatch);
        List<float[]> batches = [];
        while (loader.Next() is { } batch)
        {
            batches.Add(batch.Images.data<float>().ToArray());
        }

        return [.. batches];
    }

    private FileViewSource Source()
    {
        ImageSet set = FolderLayout.ReadSet(_pictures.Root);
        return new FileViewSource(set, new ImageReader(set, Side, Side, ResizeFilter.Bilinear, 0));
    }

    private static BatchLoaderOptions Options(int threads) => new()
    {
        Height = Side, Width = Side, Seed = 3, Threads = threads, BatchesAhead = 2,
    };
}
