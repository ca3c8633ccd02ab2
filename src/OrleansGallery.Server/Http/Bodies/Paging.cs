using Microsoft.AspNetCore.Http;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>The query of a paged list: <c>?cursor&amp;limit</c>.</summary>
internal readonly record struct Paging(string? Cursor, int Limit)
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 1_000;

    public static Paging Of(HttpRequest request)
    {
        string? cursor = request.Query["cursor"];
        string? text = request.Query["limit"];
        if (string.IsNullOrEmpty(text))
        {
            return new(NullIfEmpty(cursor), DefaultLimit);
        }

        return PlainNumber.TryParse(text, out int limit)
            && limit is >= 1 and <= MaxLimit
            ? new(NullIfEmpty(cursor), limit)
            : throw new InvalidRequestException(
                $"The limit is '{text}'; a whole number from 1 to {MaxLimit} is taken.");
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
