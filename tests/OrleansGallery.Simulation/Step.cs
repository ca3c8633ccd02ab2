namespace OrleansGallery.Simulation;

/// <summary>A step of a simulation. What it does in particular follows from its seed and from what there is, so that
/// any part of a sequence is a sequence, too.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Seed">Of its choices.</param>
internal readonly record struct Step(StepKind Kind, int Seed)
{
    private static readonly (StepKind Kind, int Weight)[] Operations =
    [
        (StepKind.Enrol, 440), (StepKind.Remove, 80), (StepKind.Delete, 8), (StepKind.Merge, 25), (StepKind.Move, 50),
        (StepKind.Rename, 25), (StepKind.Split, 25), (StepKind.Undo, 50), (StepKind.EraseImage, 12),
        (StepKind.EraseIdentity, 4), (StepKind.SendAgain, 15), (StepKind.SendOther, 10), (StepKind.Search, 90),
        (StepKind.SearchWithoutFacet, 40), (StepKind.Get, 60), (StepKind.ListImages, 30), (StepKind.ListIdentities, 12),
        (StepKind.Describe, 20), (StepKind.Verify, 3), (StepKind.Recreate, 1),
        (StepKind.SetAttributes, 50), (StepKind.SearchFiltered, 50), (StepKind.Observe, 60), (StepKind.Resolve, 15),
    ];

    private static readonly (StepKind Kind, int Weight)[] Faults =
    [
        (StepKind.LoseAnswer, 700), (StepKind.FailWrite, 500), (StepKind.MovePartition, 290), (StepKind.KillSilo, 10),
    ];

    // So many faults to 1,000 operations.
    private const int FaultsPerMille = 15;

    /// <summary>Whether it is no operation but a fault.</summary>
    public bool IsFault => Kind >= StepKind.LoseAnswer;

    /// <summary>Steps by chance.</summary>
    /// <param name="seed">The same seed gives the same steps.</param>
    /// <param name="operations">How many of them are operations; faults come in between.</param>
    /// <returns>The steps.</returns>
    public static IEnumerable<Step> Draw(int seed, int operations)
    {
        Random random = new(seed);
        for (int i = 0; i < operations; i++)
        {
            if (random.Next(1000) < FaultsPerMille)
            {
                yield return new Step(Pick(Faults, random), random.Next());
            }

            yield return new Step(Pick(Operations, random), random.Next());
        }
    }

    private static StepKind Pick((StepKind Kind, int Weight)[] from, Random random)
    {
        int left = random.Next(from.Sum(one => one.Weight));
        return from.First(one => (left -= one.Weight) < 0).Kind;
    }
}
