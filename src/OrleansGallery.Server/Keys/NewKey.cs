using System.Globalization;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>A key that was just made.</summary>
/// <param name="Stored">What is stored of it.</param>
/// <param name="Text">The key itself; whoever asked for it sees it once.</param>
internal sealed record NewKey(ApiKey Stored, string Text)
{
    private const int MaxGalleries = 100;
    private const int MaxLimit = 1_000_000;

    // Whoever writes it into a log writes no secret.
    public override string ToString() => $"{nameof(NewKey)} {Stored.Id}";

    /// <summary>Makes a key.</summary>
    /// <param name="request">What it is to be good for.</param>
    /// <param name="now">The time.</param>
    /// <returns>The key.</returns>
    /// <exception cref="InvalidRequestException">Something is missing, or out of its range.</exception>
    /// <exception cref="InvalidIdException">A name breaks the rules.</exception>
    public static NewKey Of(CreateKeyRequest request, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        string name = IdRules.Require("key name", request.Name);
        KeyRole role = request.Role
            ?? throw new InvalidRequestException("role is missing; it is read, write or admin.");
        if (request.ExpiresAt <= now)
        {
            throw new InvalidRequestException(string.Create(
                CultureInfo.InvariantCulture, $"expiresAt is {request.ExpiresAt:O}, which is over."));
        }

        (string id, string text, byte[] hash) = KeyText.Make();
        return new NewKey(
            new ApiKey
            {
                Id = id,
                Name = name,
                SecretHash = hash,
                Role = KeyRoles.NameOf(role),
                Galleries = RequireGalleries(request.Galleries),
                RequestsPerSecond = RequireLimit("requestsPerSecond", request.RequestsPerSecond),
                MaxConcurrent = RequireLimit("maxConcurrent", request.MaxConcurrent),
                CreatedAt = ToMilliseconds(now),
                ExpiresAt = request.ExpiresAt is { } end ? ToMilliseconds(end) : null,
            },
            text);
    }

    private static string[]? RequireGalleries(IReadOnlyList<string>? names) => names switch
    {
        null => null,
        { Count: >= 1 and <= MaxGalleries } =>
            [.. names.Select(name => IdRules.Require("gallery name", name)).Distinct(StringComparer.Ordinal)],
        _ => throw new InvalidRequestException(
            $"galleries names {names.Count}; 1 to {MaxGalleries} are possible, and left out it means all."),
    };

    private static int? RequireLimit(string field, int? limit) => limit is null or (>= 1 and <= MaxLimit)
        ? limit
        : throw new InvalidRequestException(
            $"{field} is {limit}; a whole number from 1 to {MaxLimit} is taken, and left out it means the service's.");

    // The store keeps no more.
    private static DateTimeOffset ToMilliseconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
