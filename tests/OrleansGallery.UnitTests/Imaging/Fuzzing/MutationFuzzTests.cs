using System.Diagnostics;
using System.Globalization;
using OrleansGallery.Imaging;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Imaging;

/// <summary>Alone in the process, because its memory is what is measured.</summary>
[Collection(nameof(MutationFuzzTests))]
[CollectionDefinition(nameof(MutationFuzzTests), DisableParallelization = true)]
public sealed class MutationFuzzTests
{
    private const int Files = 20_000;
    private const long MaxGrowth = 512L << 20;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);

    /// <summary>Under the limits that a server has by default.</summary>
    [Fact]
    public void Decode_TwentyThousandMutatedFiles_AnswersWithinBounds()
    {
        byte[][] seeds = [.. SampleFile.All.Select(sample => sample.File), .. Extras()];
        using DeadlineDecoder decoder = new(new ImagingOptions());
        Random random = new(20_261_128);
        long before = ResetPeak();
        int decoded = 0;
        TimeSpan slowest = TimeSpan.Zero;
        for (int i = 0; i < Files; i++)
        {
            byte[] file = FileMutation.Apply(seeds[i % seeds.Length], random);
            long start = Stopwatch.GetTimestamp();
            decoded += decoder.TryDecode(file, MaxTime, $"Mutant {i} of seed file {i % seeds.Length}") ? 1 : 0;
            TimeSpan time = Stopwatch.GetElapsedTime(start);
            slowest = time > slowest ? time : slowest;
        }

        long growth = Process.GetCurrentProcess().PeakWorkingSet64 - before;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{decoded} of {Files} decoded, slowest {slowest.TotalMilliseconds:F0} ms, {growth >> 20} MiB more"));
        // The system counts by and by: where nothing grows, the peak may be counted below what there was.
        Assert.InRange(growth, long.MinValue, MaxGrowth);
        Assert.InRange(decoded, Files / 20, Files); // Mutants that all die in the header would test nothing else.
    }

    /// <summary>Pictures with more parts than the samples have.</summary>
    private static IEnumerable<byte[]> Extras()
    {
        byte[] rgb = FormulaPixels.Rgb(19, 13);
        byte[] rgba = [.. FormulaPixels.Rgb(19 * 4, 13).AsSpan(0, 19 * 4 * 13)];
        (string Type, byte[] Content)[] chunks =
        [
            ("gAMA", [0, 0, 0xB1, 0x8F]), ("pHYs", new byte[9]), ("acTL", [0, 0, 0, 1, 0, 0, 0, 0]),
            ("iCCP", [.. "p\0\0"u8, .. PngFile.Deflate(new byte[3000])]),
            ("zTXt", [.. "t\0\0"u8, .. PngFile.Deflate(new byte[3000])]),
            ("tRNS", [0, 1, 0, 2, 0, 3]),
        ];
        yield return PngFile.Write(19, 13, 8, PngColour.Rgb, rgb, chunks);
        yield return PngFile.WriteInterlaced(19, 13, 8, PngColour.Rgba, rgba);
        yield return PngFile.WriteInterlaced(19, 13, 8, PngColour.Rgb, rgb, chunks);
        yield return PngFile.WriteInterlaced(
            19, 13, 1, PngColour.Palette, rgb.AsSpan(0, 3 * 13), ("PLTE", [1, 2, 3, 4, 5, 6]), ("tRNS", [0, 99]));
    }

    /// <summary>What the process has now, from where its peak is counted anew (where the system allows that).</summary>
    private static long ResetPeak()
    {
        GC.Collect();
        using Process process = Process.GetCurrentProcess();
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
            return process.WorkingSet64;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return process.PeakWorkingSet64;
        }
    }
}
