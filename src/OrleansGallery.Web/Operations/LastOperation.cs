using OrleansGallery.Contracts;

namespace OrleansGallery.Web;

/// <summary>What the visitor did last to two identities, so that every page offers to take it back.</summary>
internal sealed class LastOperation
{
    /// <summary>Another one, or none any more.</summary>
    public event Action? Changed;

    /// <summary>It was undone: what was shown of its identities is over.</summary>
    public event Func<OperationResponse, Task>? Undone;

    /// <summary>Its gallery.</summary>
    public string Gallery { get; private set; } = string.Empty;

    /// <summary>Its receipt; null: there is none to take back.</summary>
    public OperationResponse? Receipt { get; private set; }

    /// <summary>Shows an operation that was carried out.</summary>
    public void Show(string gallery, OperationResponse receipt)
    {
        (Gallery, Receipt) = (gallery, receipt);
        Changed?.Invoke();
    }

    /// <summary>Shows none any more.</summary>
    public void Dismiss()
    {
        Receipt = null;
        Changed?.Invoke();
    }

    /// <summary>Shows what took it back.</summary>
    public async Task ShowUndoneAsync(OperationResponse undoing)
    {
        Show(Gallery, undoing);
        foreach (Func<OperationResponse, Task> tell in
            Undone?.GetInvocationList().Cast<Func<OperationResponse, Task>>() ?? [])
        {
            await tell(undoing);
        }
    }
}
