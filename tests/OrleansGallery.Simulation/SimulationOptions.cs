using OrleansGallery.Storage;

namespace OrleansGallery.Simulation;

/// <summary>What is simulated.</summary>
internal sealed record SimulationOptions
{
    /// <summary>How many operations, of all galleries together.</summary>
    public required int Operations { get; init; }

    /// <summary>The same seed draws the same steps.</summary>
    public required int Seed { get; init; }

    /// <summary>Opens a handle on the store, which is empty at first; one for each silo.</summary>
    public required Func<IGalleryStore> Open { get; init; }

    /// <summary>How many silos run.</summary>
    public int Silos { get; init; } = 3;

    /// <summary>How many galleries there are, each with steps of its own, one after the other.</summary>
    public int Galleries { get; init; } = 8;

    /// <summary>How often the first sequence that fails may be tried again to make it shorter.</summary>
    public int Tries { get; init; } = 200;

    /// <summary>How long that may take.</summary>
    public TimeSpan ShorteningTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Called now and then with the operations that were done.</summary>
    public Action<long>? OnProgress { get; init; }

    /// <summary>Called with what was answered otherwise, at once.</summary>
    public Action<string>? OnMismatch { get; init; }
}
