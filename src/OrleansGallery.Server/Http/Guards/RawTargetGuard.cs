using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>
/// Refuses request targets whose decoded path could name another resource than the one that was asked for. The server
/// takes dot segments away (<c>DELETE /v1/galleries/a/identities/..</c> would delete the gallery) and leaves an
/// encoded slash encoded, which then could not be told from the text <c>%2F</c>. So the raw target is looked at.
/// </summary>
internal sealed class RawTargetGuard(RequestDelegate next)
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } target)
        {
            Require(target);
        }

        return next(context);
    }

    public static void Require(string target)
    {
        foreach (string segment in PathOf(target).Split('/'))
        {
            if (segment.Contains("%2F", StringComparison.OrdinalIgnoreCase))
            {
                throw new InvalidIdException(
                    $"The path segment '{segment}' contains an encoded '/', which no id may have.");
            }

            if (Decode(segment) is "." or "..")
            {
                throw new InvalidIdException($"The path segment '{segment}' is a dot segment, which is no id.");
            }
        }
    }

    private static string PathOf(string target)
    {
        int query = target.IndexOf('?', StringComparison.Ordinal);
        string path = query < 0 ? target : target[..query];
        int scheme = path.StartsWith('/') ? -1 : path.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return path;
        }

        int start = path.IndexOf('/', scheme + 3);
        return start < 0 ? "/" : path[start..];
    }

    private static string Decode(string segment)
    {
        if (!segment.Contains('%', StringComparison.Ordinal))
        {
            return segment;
        }

        List<byte> bytes = new(segment.Length);
        for (int i = 0; i < segment.Length; i++)
        {
            if (segment[i] != '%')
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(segment, i, 1));
                continue;
            }

            if (i + 2 >= segment.Length
                || !char.IsAsciiHexDigit(segment[i + 1]) || !char.IsAsciiHexDigit(segment[i + 2]))
            {
                throw new InvalidIdException(
                    $"The path segment '{segment}' has a '%' that encodes nothing; write '%25'.");
            }

            bytes.Add(Convert.FromHexString(segment.AsSpan(i + 1, 2))[0]);
            i += 2;
        }

        try
        {
            return Strict.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidIdException($"The path segment '{segment}' is no percent-encoded UTF-8.");
        }
    }
}
