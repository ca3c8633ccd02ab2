using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>An identity's version as an entity tag. A gallery's number is never used again, and a version neither, so a
/// tag stands for one state for ever.</summary>
internal static class IdentityTag
{
    public static string Of(Gallery gallery, long version) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{gallery.Number:x}-{version:x}\"");

    /// <summary>Whether the caller has this state already (<c>If-None-Match</c>).</summary>
    public static bool IsKnown(HttpRequest request, string tag) =>
        Read(request.Headers.IfNoneMatch, HeaderNames.IfNoneMatch)
            .Any(known => known.Tag == "*" || known.Tag == tag);

    /// <summary>Refuses a write that is meant for another state (<c>If-Match</c>).</summary>
    /// <returns>The version that it is meant for, which may be another by the time of the write; null: any.</returns>
    /// <exception cref="PreconditionFailedException">The identity has another version, or there is none.</exception>
    public static async Task<long?> RequireAsync(
        HttpRequest request, Gallery gallery, IIdentityGrain grain, string identity, CancellationToken aborted)
    {
        EntityTagHeaderValue[] wanted = Read(request.Headers.IfMatch, HeaderNames.IfMatch);
        if (wanted.Length == 0)
        {
            return null;
        }

        long? version = await VersionOfAsync(grain, aborted);
        string? tag = version is { } known ? Of(gallery, known) : null;
        if (tag is null || !Array.Exists(wanted, one => one.Tag == "*" || (one.Tag == tag && !one.IsWeak)))
        {
            throw new PreconditionFailedException(
                $"If-Match is {request.Headers.IfMatch}; "
                + (tag is null ? $"there is no '{identity}'." : $"'{identity}' is at {tag}. Read it again."));
        }

        return Array.Exists(wanted, one => one.Tag == "*") ? null : version;
    }

    private static async Task<long?> VersionOfAsync(IIdentityGrain grain, CancellationToken aborted)
    {
        try
        {
            return (await grain.GetAsync(withDispersion: false).WaitAsync(aborted)).Version;
        }
        catch (IdentityNotFoundException)
        {
            return null;
        }
    }

    private static EntityTagHeaderValue[] Read(StringValues header, string name) =>
        StringValues.IsNullOrEmpty(header) ? []
        : EntityTagHeaderValue.TryParseStrictList(header, out IList<EntityTagHeaderValue>? tags) ? [.. tags]
        : throw new InvalidRequestException($"{name} is {header}; entity tags in quotes, or *, are taken.");
}
