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
        return new(NullIfEmpty(cursor), NumberOf(request, "limit", DefaultLimit, 1, MaxLimit));
    }

    /// <summary>A whole number of the query.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">Its name.</param>
    /// <param name="otherwise">What it is where it is left out.</param>
    /// <param name="least">The least that is taken.</param>
    /// <param name="most">The most.</param>
    /// <exception cref="InvalidRequestException">It is none of these.</exception>
    public static int NumberOf(HttpRequest request, string name, int otherwise, int least, int most)
    {
        string? text = request.Query[name];
        return string.IsNullOrEmpty(text) ? otherwise
            : PlainNumber.TryParse(text, out int number) && number >= least && number <= most ? number
            : throw new InvalidRequestException(
                $"The {name} is '{text}'; a whole number from {least} to {most} is taken.");
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
