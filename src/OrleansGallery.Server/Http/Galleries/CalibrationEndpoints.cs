using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>The threshold of a gallery by measurement.</summary>
internal static class CalibrationEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/{gallery}:calibrate", CalibrateAsync).WithName("calibrateGallery")
            .WithSummary("Measures the threshold for a false-positive identification rate; it may take minutes.")
            .Takes(GalleryExamples.Calibrate, RequestBodyDescription.Json)
            .Repeats("A repetition measures again, as the gallery is then.")
            .Gives(GalleryExamples.Calibration)
            .Fails(
                ErrorCodes.GalleryNotFound, ErrorCodes.CalibrationImpossible, ErrorCodes.Overloaded,
                ErrorCodes.Incomplete, ErrorCodes.Unconfirmed, ErrorCodes.StorageFull)
            .NeedsKey(KeyRole.Admin);
        routes.MapGet("/{gallery}/calibration", GetAsync).WithName("getCalibration")
            .WithSummary("The calibration that a gallery's threshold comes from, with its evidence.")
            .Gives(GalleryExamples.Calibration)
            .Fails(ErrorCodes.GalleryNotFound, ErrorCodes.CalibrationNotFound);
    }

    /// <summary>How a gallery came by its threshold.</summary>
    public static CalibrationSummary? Summarize(GallerySummary gallery) =>
        gallery.Gallery.Calibration is not { } calibration ? null : new CalibrationSummary
        {
            Fpir = calibration.Fpir,
            Threshold = calibration.Threshold,
            Images = calibration.Images,
            MeasuredAt = calibration.MeasuredAt,
            Stale = calibration.Stale,
        };

    private static async Task<IResult> CalibrateAsync(
        string gallery, HttpRequest request, IGrainFactory grains, CancellationToken aborted)
    {
        CalibrateRequest body = await JsonBody.ReadAsync<CalibrateRequest>(request);
        return TypedResults.Ok(await grains.GalleryGrain(gallery).CalibrateAsync(body, aborted));
    }

    private static async Task<IResult> GetAsync(string gallery, IGrainFactory grains, CancellationToken aborted) =>
        TypedResults.Ok(await grains.GalleryGrain(gallery).GetCalibrationAsync().WaitAsync(aborted));
}
