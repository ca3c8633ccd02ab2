using Microsoft.AspNetCore.Components;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Web;

public sealed partial class CreateKey
{
    private readonly HashSet<string> _picked = new(StringComparer.Ordinal);
    private IReadOnlyList<GalleryResponse>? _galleries;
    private string? _name;
    private KeyRole _role;
    private bool _all = true;
    private DateOnly? _ends;
    private int? _perSecond;
    private int? _atOnce;
    private bool _wasOpen;
    private KeyResponse? _made;
    private GalleryApiException? _error;

    [Parameter]
    public bool Open { get; set; }

    [Parameter]
    public EventCallback<bool> OpenChanged { get; set; }

    /// <summary>Gets the key with itself.</summary>
    [Parameter]
    public EventCallback<KeyResponse> Created { get; set; }

    [Inject]
    private GalleryClient Client { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string? Lack => string.IsNullOrWhiteSpace(_name)
        ? "The key needs a name."
        : !_all && _picked.Count == 0 ? "Choose the galleries that it is to be good for, or all." : null;

    protected override async Task OnParametersSetAsync()
    {
        if (Open == _wasOpen)
        {
            return;
        }

        _wasOpen = Open;
        if (Open)
        {
            Clear();
            await ListGalleriesAsync();
        }
    }

    private async Task CreateAsync() => _made = await Client.CreateKeyAsync(new CreateKeyRequest
    {
        Name = _name!,
        Role = _role,
        Galleries = _all ? null : [.. _picked.Order(StringComparer.Ordinal)],
        ExpiresAt = _ends is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : null,
        RequestsPerSecond = _perSecond,
        MaxConcurrent = _atOnce,
    });

    private void Clear()
    {
        (_name, _role, _all, _ends, _perSecond, _atOnce) = (null, KeyRole.Read, true, null, null, null);
        (_error, _galleries) = (null, null);
        _picked.Clear();
    }

    private async Task ListGalleriesAsync()
    {
        _error = null;
        try
        {
            _galleries = await Client.ListGalleriesAsync();
        }
        catch (GalleryApiException exception)
        {
            _error = exception;
        }
    }
}
