using System.Globalization;
using OrleansGallery.Testing;

namespace OrleansGallery.Benchmarks.Decoding;

/// <summary>Images per second of one case; kept in a file so that another build can quote it.</summary>
internal sealed record DecodingFigure(string Case, string Work, int Threads, double PerSecond)
{
    private static string BaselinePath => Path.Combine(
        Repository.Root, "tests", "OrleansGallery.Benchmarks", "results", "decoding-netvips.csv");

    public static void WriteBaseline(IEnumerable<DecodingFigure> figures) => File.WriteAllLines(
        BaselinePath,
        ["case,work,threads,images per second", .. figures.Select(figure => string.Create(
            CultureInfo.InvariantCulture,
            $"{figure.Case},{figure.Work},{figure.Threads},{figure.PerSecond:F1}"))]);

    /// <summary>The former decoder's figures; none where they were not measured.</summary>
    public static IReadOnlyList<DecodingFigure> ReadBaseline() => File.Exists(BaselinePath)
        ? [.. File.ReadLines(BaselinePath).Skip(1).Select(Parse)]
        : [];

    private static DecodingFigure Parse(string line)
    {
        string[] cells = line.Split(',');
        return new DecodingFigure(
            cells[0],
            cells[1],
            int.Parse(cells[2], CultureInfo.InvariantCulture),
            double.Parse(cells[3], CultureInfo.InvariantCulture));
    }
}
