using System.Text;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Bodies that were right once. The same seed gives the same bodies.</summary>
internal sealed class BrokenBodies(int seed)
{
    private static readonly string[] Tokens =
    [
        "null", "true", "-1", "1e999", "99999999999999999999", "\"\\ud800\"", "\"\\u0000\"",
        "[[[[[[[[[[[[[[[[[[[", "{}", "[]",
        "\"AAAA\"", "NaN", "{\"a\":", "\"", "/*", "\n", "\r\n--", "\ufeff", "..", "%2F",
    ];

    private readonly Random _random = new(seed);

    /// <summary>The body with 1 to 4 faults in it.</summary>
    public byte[] Break(ReadOnlySpan<byte> body)
    {
        List<byte> broken = [.. body];
        for (int faults = _random.Next(1, 5); faults > 0; faults--)
        {
            BreakOnce(broken);
        }

        return [.. broken];
    }

    private void BreakOnce(List<byte> body)
    {
        int at = _random.Next(body.Count + 1);
        int length = Math.Min(_random.Next(1, 9), body.Count - at);
        switch (_random.Next(7))
        {
            case 0:
                body.RemoveRange(at, body.Count - at);
                break;
            case 1:
                body.RemoveRange(at, length);
                break;
            case 2 when length > 0:
                body[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 3:
                body.Insert(at, (byte)_random.Next(256));
                break;
            case 4:
                body.InsertRange(at, body.GetRange(at, length));
                break;
            case 5:
                body.RemoveRange(at, length);
                goto default;
            default:
                body.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[_random.Next(Tokens.Length)]));
                break;
        }
    }
}
