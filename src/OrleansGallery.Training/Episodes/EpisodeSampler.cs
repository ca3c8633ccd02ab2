using OrleansGallery.Drawing;

namespace OrleansGallery.Training;

/// <summary>
/// Draws episodes without replacement: identities out of all, then support and queries out of an identity's images. An
/// episode is a pure function of the options and its number.
/// </summary>
internal sealed class EpisodeSampler
{
    private readonly EpisodeOptions _options;
    private readonly int[][] _rows;

    /// <summary>Checks that episodes of this form can be drawn.</summary>
    /// <exception cref="InvalidDataException">There are too few identities, or one has too few images.</exception>
    public EpisodeSampler(IReadOnlyList<IReadOnlyList<int>> rowsByIdentity, EpisodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(rowsByIdentity);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Ways, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Shots, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.QueriesPerIdentity, 1);
        if (rowsByIdentity.Count < options.Ways)
        {
            throw new InvalidDataException(
                $"An episode takes {options.Ways} identities, and there are {rowsByIdentity.Count}.");
        }

        int needed = options.Shots + options.QueriesPerIdentity;
        int least = rowsByIdentity.Min(rows => rows.Count);
        if (least < needed)
        {
            throw new InvalidDataException(
                $"An episode takes {options.Shots} + {options.QueriesPerIdentity} images of an identity, and one has "
                + $"{least}.");
        }

        (_options, _rows) = (options, [.. rowsByIdentity.Select(rows => rows.ToArray())]);
    }

    /// <summary>Draws an episode.</summary>
    public Episode Draw(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        KeyedRandom random = KeyedRandom.For(_options.Seed, RandomPurpose.Episodes, number, _options.Shots);
        int[] identities = Draw([.. Enumerable.Range(0, _rows.Length)], _options.Ways, random);
        int[][] drawn =
            [.. identities.Select(i => Draw([.. _rows[i]], _options.Shots + _options.QueriesPerIdentity, random))];
        return new Episode(
            identities,
            [.. drawn.Select(rows => rows[.._options.Shots])],
            [.. drawn.Select(rows => rows[_options.Shots..])]);
    }

    // The first places of a shuffle.
    private static int[] Draw(int[] items, int count, KeyedRandom random)
    {
        for (int i = 0; i < count; i++)
        {
            int j = i + random.Below(items.Length - i);
            (items[i], items[j]) = (items[j], items[i]);
        }

        return items[..count];
    }
}
