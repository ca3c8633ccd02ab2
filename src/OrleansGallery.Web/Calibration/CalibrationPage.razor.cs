using Microsoft.AspNetCore.Components;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Web;

/// <summary>A gallery's threshold: the calibration in force, and another one by measurement.</summary>
public sealed partial class CalibrationPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private string? _loaded;
    private double _percent = 1;
    private bool _busy;
    private GalleryResponse? _gallery;
    private CalibrationResponse? _shown;
    private GalleryApiException? _error;
    private GalleryApiException? _refused;

    [SupplyParameterFromQuery]
    private string? Gallery { get; set; }

    [Inject]
    private GalleryClient Client { get; set; } = null!;

    private string Uncalibrated => _gallery?.Threshold is { } threshold
        ? $"The threshold of {Figures.Score(threshold)} was chosen when the gallery was created."
        : "The gallery has no threshold: the best match is always taken, however low its score is.";

    /// <inheritdoc />
    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_loaded != Gallery)
        {
            (_loaded, _gallery, _shown, _refused) = (Gallery, null, null, null);
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        try
        {
            _error = null;
            GalleryResponse gallery = await Client.GetGalleryAsync(Gallery ?? string.Empty);
            _shown = gallery.Calibration is null ? null : await Client.GetCalibrationAsync(gallery.Name);
            _percent = 100 * (_shown?.Fpir ?? 0.01);
            _gallery = gallery;
        }
        catch (GalleryApiException exception)
        {
            _error = exception;
        }
    }

    // What is applied is measured as the gallery is then, at the rate of what is shown.
    private async Task CalibrateAsync(bool apply)
    {
        if (_busy)
        {
            return;
        }

        (_busy, _refused) = (true, null);
        try
        {
            double rate = apply && _shown is { } shown ? shown.Fpir : _percent / 100;
            _shown = await Client.CalibrateAsync(
                _gallery!.Name, new CalibrateRequest { Fpir = rate, Apply = apply },
                apply ? CancellationToken.None : _leaving.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody looks at the page any more.
        }
        catch (GalleryApiException exception)
        {
            _refused = exception;
        }
        finally
        {
            _busy = false;
        }
    }
}
