using OrleansGallery.Imaging;

namespace OrleansGallery.UnitTests.Imaging;

/// <summary>Whatever the bytes are: an <see cref="ImageException"/> or a whole picture, nothing else.</summary>
public sealed class HostileFileTests
{
    private readonly IImageDecoder _decoder = ImageDecoders.Create(new ImagingOptions { MaxPixels = 1_000_000 });

    public static TheoryData<string> Samples => DecoderTests.Samples;

    /// <summary>Only what no pixel needs may be missing: a GIF's trailer, the rest of an animation, padding.</summary>
    [Theory]
    [MemberData(nameof(Samples))]
    public void Decode_TruncatedAtAnyByte_IsRefusedOrWhole(string name)
    {
        SampleFile sample = SampleFile.Named(name);
        bool mayMissBytes = sample.Format is ImageFormat.Gif or ImageFormat.Tiff;
        for (int length = 0; length < sample.File.Length; length++)
        {
            PixelImage? image = TryDecode(sample.File.AsMemory(0, length));

            Assert.True(image is null || mayMissBytes, $"{name}: {length} of {sample.File.Length} bytes were decoded.");
            if (image is not null)
            {
                sample.AssertPixels(image);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Decode_TruncatedAndFilledUp_IsRefusedOrWhole(string name)
    {
        SampleFile sample = SampleFile.Named(name);
        byte[] file = new byte[sample.File.Length];
        for (int length = 1; length < sample.File.Length; length += 3)
        {
            Array.Clear(file);
            sample.File.AsSpan(0, length).CopyTo(file);

            TryDecode(file);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Decode_RandomlyChanged_IsRefusedOrWhole(string name)
    {
        SampleFile sample = SampleFile.Named(name);
        Random random = new(12_345);
        for (int round = 0; round < 400; round++)
        {
            TryDecode(Mutate(sample.File, random));
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void ReadHeader_RandomlyChanged_ThrowsNothingElse(string name)
    {
        SampleFile sample = SampleFile.Named(name);
        Random random = new(54_321);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] file = Mutate(sample.File, random);
            try
            {
                ImageHeader header = ImageHeaders.Read(file);
                Assert.True(header is { Width: > 0, Height: > 0 });
                Assert.True(Enum.IsDefined(header.Orientation));
                ImageHeaders.CheckComplete(file, header);
            }
            catch (ImageException)
            {
                // Refused: as good as read.
            }
        }
    }

    [Fact]
    public void Decode_Garbage_IsRefused()
    {
        Random random = new(99);
        byte[][] beginnings = [[], .. SampleFile.All.Select(sample => sample.File[..16])];
        for (int round = 0; round < 2_000; round++)
        {
            byte[] file = new byte[random.Next(16, 600)];
            random.NextBytes(file);
            beginnings[round % beginnings.Length].CopyTo(file, 0);

            TryDecode(file);
        }
    }

    [Theory]
    [InlineData("%PDF-1.7 and more text than a header needs")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>")]
    [InlineData("P7\nWIDTH 2\nHEIGHT 2\n")]
    [InlineData("x")]
    public void Decode_OtherContent_IsUnknown(string content)
    {
        ImageException refusal = Assert.Throws<ImageException>(
            () => _decoder.Decode(System.Text.Encoding.ASCII.GetBytes(content)));

        Assert.Equal(ImageFault.UnknownFormat, refusal.Fault);
    }

    [Fact]
    public void Decode_JpegOfManyScans_IsRefused()
    {
        byte[] jpeg = JpegSamples.JpegProgressive.File;
        int scan = jpeg.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        byte[] last = jpeg[scan..^2];
        byte[] file = [.. jpeg[..^2], .. Enumerable.Repeat(last, 120).SelectMany(bytes => bytes), 0xFF, 0xD9];

        ImageException refusal = Assert.Throws<ImageException>(() => _decoder.Decode(file));

        Assert.Equal(ImageFault.Unsupported, refusal.Fault);
    }

    private PixelImage? TryDecode(ReadOnlyMemory<byte> file)
    {
        try
        {
            PixelImage image = _decoder.Decode(file, Transparency.Drop);
            ImageHeader header = _decoder.Inspect(file);
            Assert.Equal((header.UprightWidth, header.UprightHeight), (image.Width, image.Height));
            return image;
        }
        catch (ImageException refusal)
        {
            Assert.NotEmpty(refusal.Message);
            return null;
        }
    }

    private static byte[] Mutate(byte[] file, Random random)
    {
        byte[] changed = [.. file];
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            // Headers are at the front, so half of the changes go there.
            int at = random.Next(random.Next(2) == 0 ? changed.Length : Math.Min(64, changed.Length));
            changed[at] = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(changed[at] ^ 1 << random.Next(8)),
                _ => random.Next(2) == 0 ? byte.MinValue : byte.MaxValue,
            };
        }

        return random.Next(4) == 0 ? changed[..random.Next(1, changed.Length)] : changed;
    }
}
