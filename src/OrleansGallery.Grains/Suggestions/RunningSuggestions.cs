using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Grains;

/// <summary>A search for a gallery's pairs, under way or over.</summary>
internal sealed class RunningSuggestions : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly DateTimeOffset _startedAt;
    private readonly Guid _id = Guid.NewGuid();
    private SuggestionRunState _state = SuggestionRunState.Running;
    private string? _error;

    /// <summary>One that begins.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="minScore">The lowest score; null: any.</param>
    /// <param name="most">How many pairs are kept.</param>
    /// <param name="isFull">Whether all identities are searched for.</param>
    /// <param name="startedAt">When it began.</param>
    public RunningSuggestions(long gallery, double? minScore, int most, bool isFull, DateTimeOffset startedAt)
    {
        (Gallery, MinScore, Most, IsFull, _startedAt) = (gallery, minScore, most, isFull, startedAt);
        Over = _over.Token;
    }

    /// <summary>The gallery's number.</summary>
    public long Gallery { get; }

    /// <summary>The lowest score; null: any.</summary>
    public double? MinScore { get; }

    /// <summary>How many pairs are kept.</summary>
    public int Most { get; }

    /// <summary>Whether all identities are searched for, and not only those that changed.</summary>
    public bool IsFull { get; }

    /// <summary>How far it is.</summary>
    public SuggestionProgress Progress { get; } = new();

    /// <summary>Fires when it is to end.</summary>
    public CancellationToken Over { get; }

    /// <summary>Whether it goes on.</summary>
    public bool IsRunning => _state == SuggestionRunState.Running;

    /// <summary>Tells it to end, where it has not.</summary>
    public void Cancel()
    {
        if (IsRunning)
        {
            _over.Cancel();
        }
    }

    /// <summary>It has ended.</summary>
    public void End(SuggestionRunState state, string? error = null) => (_state, _error) = (state, error);

    /// <summary>How far it is, or how it ended.</summary>
    public SuggestionRun Describe() => new()
    {
        Id = _id,
        State = _state,
        Searched = Progress.Searched,
        Total = Progress.Total,
        StartedAt = _startedAt,
        Error = _error,
    };

    /// <inheritdoc />
    public void Dispose() => _over.Dispose();
}
