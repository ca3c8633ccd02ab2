using OrleansGallery.Imaging;

namespace OrleansGallery.UnitTests.Imaging;

/// <summary>A stream of a few bytes that asks for thousands of groups of prefix codes.</summary>
public sealed class LosslessGroupTests
{
    private readonly IImageDecoder _decoder = ImageDecoders.Create(new ImagingOptions());

    [Theory]
    [InlineData(0xFF, 0xFF, ImageFault.Unsupported)]
    [InlineData(0x0F, 0xF0, ImageFault.Truncated)]
    public void Decode_ThousandsOfGroups_AreRefused(int red, int green, ImageFault fault)
    {
        byte[] file = WithGroup(red, green);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(fault, Assert.Throws<ImageException>(() => _decoder.Decode(file)).Fault);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    /// <summary>84 x 14 pixels; one entropy block whose only pixel names the group of number (red, green).</summary>
    private static byte[] WithGroup(int red, int green)
    {
        List<int> bits = [];
        void Write(int value, int count) => bits.AddRange(Enumerable.Range(0, count).Select(i => value >> i & 1));
        void WriteOnly(int symbol)
        {
            Write(1, 1); // simple
            Write(0, 1); // one symbol
            Write(1, 1); // of eight bits
            Write(symbol, 8);
        }

        Write(84 - 1, 14);
        Write(14 - 1, 14);
        Write(0, 4); // alpha, version
        Write(0, 2); // no transform, no cache
        Write(1, 1); // groups
        Write(7, 3); // blocks of 512
        Write(0, 1); // no cache
        int[] symbols = [green, red, 0, 255, 0];
        Array.ForEach(symbols, WriteOnly);
        Write(0, 400);
        byte[] stream = new byte[bits.Count / 8];
        for (int i = 0; i < stream.Length * 8; i++)
        {
            stream[i / 8] |= (byte)(bits[i] << i % 8);
        }

        int size = stream.Length + 1;
        int riff = 12 + size + (size & 1);
        return
        [
            .. "RIFF"u8, (byte)riff, 0, 0, 0, .. "WEBPVP8L"u8, (byte)size, 0, 0, 0, 0x2F, .. stream,
            .. new byte[size & 1],
        ];
    }
}
