using System.Runtime.InteropServices;
using System.Security.Cryptography;
using OrleansGallery.Contracts;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests;

/// <summary>
/// What the kill test sends: item n is a vector or, every eighth, an image file of identity n mod 40, always the same
/// bytes for the same n; and the test's own log of what was acknowledged.
/// </summary>
internal sealed class SentItems
{
    public const int Dimension = 512;
    public const int Identities = 40;

    private readonly HashSet<int> _acknowledged = [];
    private readonly Queue<int> _unanswered = new();
    private readonly HashSet<int> _underWay = [];
    private int _next;

    /// <summary>How many items were sent at least once.</summary>
    public int Count => _next;

    /// <summary>The items whose ack was seen.</summary>
    public IReadOnlySet<int> Acknowledged => _acknowledged;

    public static string IdentityOf(int number) => $"identity {number % Identities}";

    public static bool IsImage(int number) => number % 8 == 7;

    public static float[] VectorOf(int number) =>
        SyntheticVectors.Embedding(number % Identities, number, Dimension, spread: 1);

    public static string ImageIdOf(int number) => Convert.ToHexStringLower(SHA256.HashData(
        IsImage(number) ? FileOf(number) : MemoryMarshal.AsBytes(VectorOf(number).AsSpan()).ToArray()));

    public static IngestItem ItemOf(int number) => new()
    {
        Seq = number,
        Identity = IdentityOf(number),
        Facet = $"c{number % 3}",
        Vector = IsImage(number) ? null : VectorOf(number),
        Image = IsImage(number) ? FileOf(number) : null,
    };

    /// <summary>Endless items: first those that a broken connection left unanswered, then new ones.</summary>
    public async IAsyncEnumerable<IngestItem> StreamAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            int number;
            lock (_underWay)
            {
                number = _unanswered.Count > 0 ? _unanswered.Dequeue() : _next++;
                _underWay.Add(number);
            }

            yield return ItemOf(number);
            await Task.Yield();
        }
    }

    public void Acknowledge(int number)
    {
        lock (_underWay)
        {
            _underWay.Remove(number);
            _acknowledged.Add(number);
        }
    }

    /// <summary>The connection broke: what has no ack is sent again, in its order.</summary>
    public void Break()
    {
        lock (_underWay)
        {
            foreach (int number in _underWay.Order())
            {
                _unanswered.Enqueue(number);
            }

            _underWay.Clear();
        }
    }

    private static byte[] FileOf(int number)
    {
        Random random = new(number);
        byte[] pixels = new byte[16 * 16 * 3];
        random.NextBytes(pixels);
        return PngFile.Rgb(16, 16, pixels);
    }
}
