using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>Centroids of stored identities, for whoever asks with one.</summary>
internal static class IdentityCentroids
{
    /// <param name="grain">The identity.</param>
    /// <param name="identity">Its id.</param>
    /// <param name="use">What its direction is for.</param>
    /// <exception cref="IdentityNotFoundException">There is none.</exception>
    /// <exception cref="InvalidRequestException">Its centroid has no direction.</exception>
    public static async Task<VectorBytes> RequireCentroidAsync(
        this IIdentityGrain grain, string identity, string use) =>
        (await grain.GetAsync(withDispersion: false)).Centroid
            ?? throw new InvalidRequestException(
                $"The images of '{identity}' cancel to a zero sum, which has no direction {use}.");
}
