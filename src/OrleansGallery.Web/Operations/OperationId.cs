namespace OrleansGallery.Web;

/// <summary>The id that an operation is sent with: the same until it is answered, so that what is sent again after a
/// lost answer is done once.</summary>
internal sealed class OperationId
{
    private string[] _wish = [];
    private string? _id;

    /// <summary>Sends an operation.</summary>
    /// <param name="send">Sends it with an id.</param>
    /// <param name="wish">All that it is asked for; another wish is another operation.</param>
    /// <returns>The answer.</returns>
    public async Task<T> SendAsync<T>(Func<string, Task<T>> send, params string[] wish)
    {
        if (_id is null || !_wish.SequenceEqual(wish, StringComparer.Ordinal))
        {
            (_wish, _id) = (wish, Guid.NewGuid().ToString("N"));
        }

        T answer = await send(_id);
        _id = null;
        return answer;
    }
}
