using OrleansGallery.Drawing;

namespace OrleansGallery.Training;

/// <summary>
/// The paper's sampler: an identity with n images is drawn ceil(n / K) times per epoch (n less one where one image
/// would be left alone); P different identities with draws left make a batch, until fewer than P have any. A pure
/// function of the seed and the epoch.
/// </summary>
internal sealed class PkSampler
{
    private readonly IReadOnlyList<IdentitySize> _identities;
    private readonly SamplerOptions _options;
    private readonly long _seed;
    private readonly WeightedPicker? _weighted;

    /// <summary>Creates a sampler.</summary>
    /// <param name="identities">The identities' sizes; those with fewer than two images are never drawn.</param>
    /// <param name="options">P, K and what fills gaps.</param>
    /// <param name="seed">The run's seed.</param>
    /// <exception cref="InvalidDataException">Fewer than P identities can be drawn.</exception>
    public PkSampler(IReadOnlyList<IdentitySize> identities, SamplerOptions options, long seed)
    {
        ArgumentNullException.ThrowIfNull(identities);
        ArgumentNullException.ThrowIfNull(options);
        (_identities, _options, _seed) = (identities, options, seed);
        int usable = identities.Count(identity => Draws(identity.Images) > 0 && identity.Weight > 0);
        if (usable < options.Identities)
        {
            throw new InvalidDataException(
                $"{usable} of {identities.Count} identities have two images or more; sampler.identities asks for "
                + $"{options.Identities} in every batch.");
        }

        bool weighted = options.StepsPerEpoch > 0 && identities.Any(identity =>
            identity.Weight != identities[0].Weight);
        _weighted = weighted
            ? new WeightedPicker([.. identities.Select(i => i with { Weight = Draws(i.Images) > 0 ? i.Weight : 0 })])
            : null;
    }

    /// <summary>How often an identity is drawn per epoch.</summary>
    /// <returns>0 for a single image.</returns>
    public int Draws(int images)
    {
        int counted = images % _options.Images == 1 ? images - 1 : images;
        return (counted + _options.Images - 1) / _options.Images;
    }

    /// <summary>Plans an epoch.</summary>
    /// <returns>Its batches, each P * K rows, identity after identity.</returns>
    public IReadOnlyList<SampledRow[]> Plan(int epoch)
    {
        List<SampledRow[]> batches = [];
        int pass = 0;
        do
        {
            KeyedRandom random = KeyedRandom.For(_seed, RandomPurpose.Sampling, epoch, pass++);
            AddPass(batches, random);
        }
        while (batches.Count < _options.StepsPerEpoch);
        if (_options.StepsPerEpoch > 0)
        {
            batches.RemoveRange(_options.StepsPerEpoch, batches.Count - _options.StepsPerEpoch);
        }

        return batches;
    }

    private void AddPass(List<SampledRow[]> batches, KeyedRandom random)
    {
        Dictionary<int, ImageQueue> queues = [];
        if (_weighted is { } picker)
        {
            while (batches.Count < _options.StepsPerEpoch)
            {
                batches.Add(Batch(picker.Pick(_options.Identities, random), queues, random));
            }

            return;
        }

        int[] left = [.. _identities.Select(identity => Draws(identity.Images))];
        List<int> alive = [.. Enumerable.Range(0, left.Length).Where(identity => left[identity] > 0)];
        while (alive.Count >= _options.Identities)
        {
            // The first P places of a shuffle are P different identities.
            for (int i = 0; i < _options.Identities; i++)
            {
                int j = i + random.Below(alive.Count - i);
                (alive[i], alive[j]) = (alive[j], alive[i]);
            }

            int[] picked = [.. alive.Take(_options.Identities)];
            batches.Add(Batch(picked, queues, random));
            foreach (int identity in picked)
            {
                left[identity]--;
            }

            alive.RemoveAll(identity => left[identity] == 0);
        }
    }

    private SampledRow[] Batch(int[] identities, Dictionary<int, ImageQueue> queues, KeyedRandom random) =>
        [.. identities.SelectMany(identity =>
        {
            if (!queues.TryGetValue(identity, out ImageQueue? queue) || queue.Left < 2)
            {
                queues[identity] = queue = new ImageQueue(_identities[identity].Images, random);
            }

            return queue.Take(_options.Images, _options.Fill, random).Select(image => new SampledRow(identity, image));
        })];
}
