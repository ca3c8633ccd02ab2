using System.Buffers.Text;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>Where somebody stands in a gallery's feed: a sequence per partition. As text it is an event's id.</summary>
internal sealed class FeedCursor
{
    private const byte Form = 1;

    // Of a number of 63 bits, 7 at a time.
    private const int MaxBytes = 9;

    private readonly long _gallery;
    private readonly long[] _positions;

    private FeedCursor(Gallery gallery, long position)
    {
        _gallery = gallery.Number;
        _positions = new long[gallery.Partitions];
        Array.Fill(_positions, position);
    }

    /// <summary>Up to which sequence a partition was read; <see cref="ChangesRequest.Now"/>: not at all yet.</summary>
    /// <param name="partition">The partition.</param>
    public long this[int partition]
    {
        get => _positions[partition];
        set => _positions[partition] = value;
    }

    /// <summary>From now on.</summary>
    public static FeedCursor Now(Gallery gallery) => new(gallery, ChangesRequest.Now);

    /// <summary>Before everything.</summary>
    public static FeedCursor Start(Gallery gallery) => new(gallery, 0);

    /// <summary>Reads an event's id.</summary>
    /// <param name="gallery">The gallery that it is sent to.</param>
    /// <param name="text">The id.</param>
    /// <param name="needed">The partitions whose positions are needed.</param>
    /// <exception cref="InvalidRequestException">It is none, or another gallery's, or of a stream that left some of
    /// these partitions out.</exception>
    public static FeedCursor Parse(Gallery gallery, string text, IEnumerable<int> needed)
    {
        byte[]? bytes = Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
        if (bytes is not [Form, ..])
        {
            throw Refused(text, "it is no event's id");
        }

        ReadOnlySpan<byte> left = bytes.AsSpan(1);
        FeedCursor cursor = Now(gallery);
        if (!TryRead(ref left, out long number) || !TryRead(ref left, out long partitions))
        {
            throw Refused(text, "it is cut off");
        }

        if (number != gallery.Number || partitions != gallery.Partitions)
        {
            throw Refused(text, "it is of another gallery, perhaps of an earlier one of this name");
        }

        for (int i = 0; i < gallery.Partitions; i++)
        {
            if (!TryRead(ref left, out long position))
            {
                throw Refused(text, "it is cut off");
            }

            cursor[i] = position - 1;
        }

        if (!left.IsEmpty)
        {
            throw Refused(text, "something follows it");
        }

        return needed.All(partition => cursor[partition] != ChangesRequest.Now) ? cursor : throw Refused(
            text, "it is of a stream of one identity, and says nothing of the others; ask for that 'identity' again");
    }

    /// <inheritdoc />
    public override string ToString()
    {
        List<byte> bytes = [Form];
        Write(bytes, _gallery);
        Write(bytes, _positions.Length);
        foreach (long position in _positions)
        {
            Write(bytes, position + 1);
        }

        return Base64Url.EncodeToString([.. bytes]);
    }

    private static InvalidRequestException Refused(string text, string why) => new(
        $"'{(text.Length > 100 ? text[..100] + "…" : text)}' is no position in this gallery's events: {why}. Send the "
        + "id of an event, 'start', or none, to begin with what changes from now on.");

    private static void Write(List<byte> bytes, long number)
    {
        for (; number > 0x7f; number >>= 7)
        {
            bytes.Add((byte)(number | 0x80));
        }

        bytes.Add((byte)number);
    }

    private static bool TryRead(ref ReadOnlySpan<byte> left, out long number)
    {
        number = 0;
        for (int i = 0; i < left.Length && i < MaxBytes; i++)
        {
            number |= (long)(left[i] & 0x7f) << (7 * i);
            if (left[i] <= 0x7f)
            {
                left = left[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
