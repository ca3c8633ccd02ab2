using System.Globalization;

namespace OrleansGallery.Offline;

/// <summary>Arrays of what is calculated with, whatever type a program saved them in.</summary>
public static class NpyNumbers
{
    /// <summary>Reads vectors. This is where all that come from files are checked.</summary>
    /// <param name="path">A file of float32, or of float64, which is rounded.</param>
    /// <returns>The array; every number is finite.</returns>
    /// <exception cref="NpyException">It is no such file, or a number is NaN or infinite: the message names row and
    /// component, from 0.</exception>
    public static NpyArray<float> ReadVectors(string path)
    {
        string type = NpyFile.ReadHeader(path).Type;
        NpyArray<float> vectors = type switch
        {
            "<f4" => NpyFile.Read<float>(path),
            "<f8" => Rounded(NpyFile.Read<double>(path), path),
            _ => throw NoVectors(type, path),
        };
        RequireFinite(vectors, value => value, path);
        return vectors;
    }

    /// <summary>Reads what tells rows apart: identities, cameras.</summary>
    /// <param name="path">A file of int64, int32 or text.</param>
    /// <returns>A number per row; of text, equal ones where the texts are equal.</returns>
    /// <exception cref="NpyException">It is no such file, or has more than one label per row.</exception>
    public static long[] ReadLabels(string path)
    {
        NpyHeader header = NpyFile.ReadHeader(path);
        string type = header.Type;
        long[] labels = type switch
        {
            "<i8" => NpyFile.Read<long>(path).Values,
            "<i4" => Array.ConvertAll(NpyFile.Read<int>(path).Values, label => (long)label),
            _ when type.StartsWith("<U", StringComparison.Ordinal) => Numbered(NpyFile.ReadText(path).Values),
            _ => throw new NpyException(
                path, $"labels are int64 ('<i8'), int32 ('<i4') or text; {NoText(type)}"),
        };
        RequireOnePerRow(header, "labels", path);
        return labels;
    }

    /// <summary>Refuses an array that has not one element per row.</summary>
    internal static void RequireOnePerRow(NpyHeader header, string what, string path)
    {
        if (header.Shape is not ([_] or [_, 1]))
        {
            throw new NpyException(
                path, $"its shape is ({string.Join(", ", header.Shape)}); {what} are one per row: (N) or (N, 1).");
        }
    }

    /// <summary>Says that elements are no numbers of vectors.</summary>
    internal static NpyException NoVectors(string type, string path) =>
        new(path, $"its elements are '{type}'; vectors are float32 ('<f4') or float64 ('<f8'): "
            + "save array.astype('<f4').");

    /// <summary>Says why elements are no text, and of bytes how they become it.</summary>
    internal static string NoText(string type) => type.StartsWith("|S", StringComparison.Ordinal)
        ? $"its elements are bytes ('{type}') of an unknown encoding; save them as text: "
            + "numpy.char.decode(array, 'utf-8')."
        : $"its elements are '{type}', not unicode text ('<U...').";

    private static NpyArray<float> Rounded(NpyArray<double> wide, string path)
    {
        // Before the rounding: of a number too large for float32 the message shows the file's own.
        RequireFinite(wide, value => (float)value, path);
        return new NpyArray<float>(wide.Shape, Array.ConvertAll(wide.Values, value => (float)value));
    }

    private static void RequireFinite<T>(NpyArray<T> array, Func<T, float> single, string path)
        where T : IFormattable
    {
        int at = Array.FindIndex(array.Values, value => !float.IsFinite(single(value)));
        if (at >= 0)
        {
            string value = array.Values[at].ToString(null, CultureInfo.InvariantCulture);
            throw new NpyException(path, $"{Place(at, array.Shape)} is {value}; every number must be finite.");
        }
    }

    private static string Place(int at, IReadOnlyList<int> shape) => shape.Count == 2
        ? $"row {at / shape[1]}, component {at % shape[1]}"
        : $"component {at}";

    private static long[] Numbered(string[] texts)
    {
        Dictionary<string, long> numbers = new(StringComparer.Ordinal);
        return Array.ConvertAll(
            texts, text => numbers.TryGetValue(text, out long number) ? number : numbers[text] = numbers.Count);
    }
}
