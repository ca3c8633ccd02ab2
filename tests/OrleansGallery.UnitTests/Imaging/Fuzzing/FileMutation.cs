using System.Buffers.Binary;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Imaging;

/// <summary>Changes a few bytes of a file, or moves, repeats or cuts parts of it.</summary>
internal static class FileMutation
{
    public static byte[] Apply(byte[] file, Random random)
    {
        byte[] changed = random.Next(4) switch
        {
            0 => Splice(file, random),
            1 => [.. file[..random.Next(1, file.Length)]],
            _ => [.. file],
        };
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            Change(changed, random);
        }

        // A PNG with a wrong checksum is refused at once; most mutants should get further.
        return random.Next(4) == 0 ? changed : PngFile.WithChecksums(changed);
    }

    private static void Change(byte[] file, Random random)
    {
        // Headers are at the front, so half of the changes go there.
        int at = random.Next(random.Next(2) == 0 ? file.Length : Math.Min(64, file.Length));
        switch (random.Next(5))
        {
            case 0:
                file[at] = (byte)random.Next(256);
                break;
            case 1:
                file[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                file[at] = random.Next(2) == 0 ? byte.MinValue : byte.MaxValue;
                break;
            case 3 when at + 4 <= file.Length:
                BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), random.Next(-2, 70_000));
                break;
            default:
                file.AsSpan(at, Math.Min(random.Next(1, 9), file.Length - at)).Clear();
                break;
        }
    }

    /// <summary>A part is written once more, or over another one, or left out.</summary>
    private static byte[] Splice(byte[] file, Random random)
    {
        int start = random.Next(file.Length);
        int end = Math.Min(file.Length, start + random.Next(1, 200));
        int to = random.Next(file.Length);
        return random.Next(3) switch
        {
            0 => [.. file[..start], .. file[end..], 0],
            1 => [.. file[..to], .. file[start..end], .. file[to..]],
            _ => [.. file[..to], .. Enumerable.Repeat(file[start..end], random.Next(1, 40)).SelectMany(part => part)],
        };
    }
}
