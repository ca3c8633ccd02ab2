using Microsoft.AspNetCore.Components;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Web;

public sealed partial class KeyList
{
    private const int PageLength = 24;

    private IReadOnlyList<KeyResponse>? _keys;
    private KeyResponse? _made;
    private KeyResponse? _doomed;
    private KeyResponse? _revoking;
    private KeyResponse? _revoked;
    private GalleryApiException? _error;
    private bool _withRevoked;
    private bool _creating;
    private int _place;

    /// <summary>The visitor's own key.</summary>
    [Parameter, EditorRequired]
    public OwnKeyResponse Own { get; set; } = null!;

    [Inject]
    private GalleryClient Client { get; set; } = null!;

    protected override Task OnInitializedAsync() => LoadAsync();

    private Task LoadAsync() => TryAsync(async () =>
    {
        // The one that was just made comes first.
        _keys = [.. (await Client.ListKeysAsync(_withRevoked)).Reverse()];
        _place = Math.Min(_place, Math.Max(0, (_keys.Count - 1) / PageLength));
    });

    private Task ShowMadeAsync(KeyResponse key)
    {
        (_made, _revoked, _place) = (key, null, 0);
        return LoadAsync();
    }

    private async Task RevokeAsync() => _revoking = await Client.RevokeKeyAsync(_doomed!.Id);

    // The notice comes last: a dialog that closes gives the focus back, which the notice is to have.
    private async Task ShowRevokedAsync()
    {
        KeyResponse revoked = _revoking!;
        if (revoked.Id == Own.Key?.Id)
        {
            // The list could not be asked for with it any more.
            _keys = _withRevoked
                ? [.. _keys!.Select(key => key.Id == revoked.Id ? revoked : key)]
                : [.. _keys!.Where(key => key.Id != revoked.Id)];
        }
        else
        {
            await LoadAsync();
        }

        _revoked = revoked;
    }

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            _error = null;
            await act();
        }
        catch (GalleryApiException exception)
        {
            _error = exception;
        }
    }
}
