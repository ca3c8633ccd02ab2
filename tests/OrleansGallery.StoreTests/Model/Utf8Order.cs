using System.Text;

namespace OrleansGallery.StoreTests;

/// <summary>The order of UTF-8 bytes, which is not that of UTF-16 code units.</summary>
public sealed class Utf8Order : IComparer<string>
{
    public static readonly Utf8Order Instance = new();

    public int Compare(string? x, string? y) =>
        Encoding.UTF8.GetBytes(x!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y!));
}
