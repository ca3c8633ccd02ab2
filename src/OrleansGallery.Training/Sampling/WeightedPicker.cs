namespace OrleansGallery.Training;

/// <summary>Picks different identities, the heavier the more often.</summary>
internal sealed class WeightedPicker
{
    private readonly double[] _ends;

    public WeightedPicker(IReadOnlyList<double> weights)
    {
        _ends = new double[weights.Count];
        double sum = 0;
        for (int i = 0; i < weights.Count; i++)
        {
            _ends[i] = sum += weights[i];
        }
    }

    public int[] Pick(int count, TrainingRandom random)
    {
        HashSet<int> picked = [];
        List<int> order = [];
        while (order.Count < count)
        {
            double place = random.NextDouble() * _ends[^1];
            int index = Array.BinarySearch(_ends, place);
            // On the very end of a share begins the next one.
            index = index < 0 ? ~index : index + 1;
            if (index < _ends.Length && picked.Add(index))
            {
                order.Add(index);
            }
        }

        return [.. order];
    }
}
