namespace OrleansGallery.Training;

/// <summary>
/// Random numbers that are a function of the run's seed, a purpose and two counters (an epoch, a row ...). So there is
/// no generator to save: who knows where the run is knows every number to come, on whichever thread it is drawn.
/// </summary>
public sealed class TrainingRandom : IRandomNumbers
{
    private readonly CatalogueRandom _random;

    private TrainingRandom(CatalogueRandom random) => _random = random;

    /// <summary>The sequence of a place in a run.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="first">The first counter.</param>
    /// <param name="second">The second counter.</param>
    /// <returns>The sequence, at its start.</returns>
    public static TrainingRandom For(long seed, RandomPurpose purpose, int first, int second = 0) =>
        new(CatalogueRandom.For(seed, (RandomStream)purpose, first, second));

    /// <inheritdoc/>
    public double NextDouble() => _random.NextDouble();

    /// <inheritdoc/>
    public int Below(int count) => _random.Below(count);
}
