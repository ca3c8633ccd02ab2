using OrleansGallery.Contracts;

namespace OrleansGallery.Client;

/// <content>A gallery's threshold by measurement.</content>
public sealed partial class GalleryClient
{
    /// <summary>Measures the threshold for a false-positive identification rate by searching a sample of a gallery's
    /// images in the gallery. It may take minutes, and is not cut off by
    /// <see cref="GalleryClientOptions.Timeout"/>.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="request">The rate, and whether the threshold becomes the gallery's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The threshold and its evidence.</returns>
    public Task<CalibrationResponse> CalibrateAsync(
        string gallery, CalibrateRequest request, CancellationToken cancellationToken = default) =>
        _api.PostJsonAsync<CalibrationResponse>(
            ApiConnection.Path("galleries", gallery) + ":calibrate", request, cancellationToken, takesLong: true);

    /// <summary>The calibration that a gallery's threshold comes from.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The threshold and its evidence; a gallery that was not calibrated is refused as
    /// <see cref="ErrorCodes.CalibrationNotFound"/>.</returns>
    public Task<CalibrationResponse> GetCalibrationAsync(
        string gallery, CancellationToken cancellationToken = default) =>
        _api.GetAsync<CalibrationResponse>(ApiConnection.Path("galleries", gallery, "calibration"), cancellationToken);
}
