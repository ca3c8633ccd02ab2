using OrleansGallery.Drawing;

namespace OrleansGallery.Training;

/// <summary>
/// Picks different identities, the heavier the more often; a family comes as a whole, as far as there is room.
/// </summary>
internal sealed class WeightedPicker
{
    private readonly double[] _ends;
    private readonly int[][] _families;

    public WeightedPicker(IReadOnlyList<IdentitySize> identities)
    {
        Dictionary<string, int[]> families = identities.Index()
            .Where(item => item.Item is { Family: not null, Weight: > 0 })
            .GroupBy(item => item.Item.Family!, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key, group => group.Select(item => item.Index).ToArray(), StringComparer.Ordinal);
        _families = [.. identities.Index().Select(item =>
            item.Item is { Family: { } family, Weight: > 0 } ? families[family] : [item.Index])];
        _ends = new double[identities.Count];
        double sum = 0;
        for (int i = 0; i < _ends.Length; i++)
        {
            // Each member brings all of them.
            _ends[i] = sum += identities[i].Weight / _families[i].Length;
        }
    }

    public int[] Pick(int count, KeyedRandom random)
    {
        HashSet<int> picked = [];
        List<int> order = [];
        while (order.Count < count)
        {
            double place = random.NextDouble() * _ends[^1];
            int index = Array.BinarySearch(_ends, place);
            // On the very end of a share begins the next one.
            index = index < 0 ? ~index : index + 1;
            if (index >= _ends.Length || picked.Contains(index))
            {
                continue;
            }

            foreach (int member in _families[index])
            {
                if (order.Count < count && picked.Add(member))
                {
                    order.Add(member);
                }
            }
        }

        return [.. order];
    }
}
