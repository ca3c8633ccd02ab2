using Microsoft.AspNetCore.Http;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>
/// The header <c>Idempotency-Key</c>. Nothing is remembered by it, because every write can be told from its repetition
/// by what it says: an image is enrolled once per identity, id and content; what is deleted is not there. Only the
/// creation of a gallery has two meanings, and with a key it is "there shall be this gallery".
/// </summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const int MaxLength = 256;

    /// <exception cref="InvalidRequestException">It is there and none.</exception>
    public static bool IsGiven(HttpRequest request) => request.Headers[Header] switch
    {
        [] => false,
        [{ Length: >= 1 and <= MaxLength }] => true,
        var other => throw new InvalidRequestException(
            $"{Header} is '{other}'; one text of 1 to {MaxLength} characters is taken."),
    };
}
