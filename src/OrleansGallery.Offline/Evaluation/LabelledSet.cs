namespace OrleansGallery.Offline;

/// <summary>Embeddings with the identity of each.</summary>
public sealed record LabelledSet
{
    /// <summary>The vectors, one after the other.</summary>
    public required IReadOnlyList<float> Values { get; init; }

    /// <summary>Numbers per vector.</summary>
    public required int Dimension { get; init; }

    /// <summary>Whose each vector is.</summary>
    public required IReadOnlyList<string> Identities { get; init; }

    /// <summary>Tells identities by paths; what is in no identity's folder is left out.</summary>
    /// <param name="name">What to call the set in messages.</param>
    /// <param name="set">The set.</param>
    /// <param name="rule">How a path says whose image it is.</param>
    /// <param name="root">The folder whose folders are the identities; null where the set does not say.</param>
    /// <param name="tell">Called with how identities were told, and with what is left out.</param>
    /// <returns>The set with its identities.</returns>
    public static LabelledSet Of(string name, EmbeddingSet set, IdentityRule rule, string? root, Action<string> tell)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(tell);
        IdentityNames names = IdentityNames.Of(rule, set.Paths, root);
        tell($"Identities of '{name}': {names.Explanation}.");
        List<float> values = new(set.Values.Length);
        List<string> identities = new(set.Count);
        for (int row = 0; row < set.Count; row++)
        {
            if (names.IdentityOf(set.Paths[row]) is { } identity)
            {
                values.AddRange(set.Row(row));
                identities.Add(identity);
            }
            else
            {
                tell($"left out: '{set.Paths[row]}' {names.WhyNone}");
            }
        }

        return new LabelledSet { Values = values, Dimension = set.Dimension, Identities = identities };
    }
}
