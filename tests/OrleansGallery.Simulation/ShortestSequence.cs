namespace OrleansGallery.Simulation;

/// <summary>Makes a sequence that fails shorter, as long as it fails (delta debugging, Zeller and Hildebrandt
/// 2002).</summary>
internal static class ShortestSequence
{
    /// <summary>Finds a sequence of which no element can be left out.</summary>
    /// <typeparam name="T">Of an element.</typeparam>
    /// <param name="failing">A sequence that fails.</param>
    /// <param name="failsAsync">Whether another one does.</param>
    /// <param name="tries">How often that may be asked.</param>
    /// <returns>The shortest that was found.</returns>
    public static async Task<IReadOnlyList<T>> FindAsync<T>(
        IReadOnlyList<T> failing, Func<IReadOnlyList<T>, Task<bool>> failsAsync, int tries)
    {
        int parts = 2;
        while (failing.Count > 1 && tries > 0)
        {
            int length = (failing.Count + parts - 1) / parts;
            IReadOnlyList<T>? shorter = null;
            for (int start = 0; start < failing.Count && shorter is null && tries > 0; start += length, tries--)
            {
                T[] rest = [.. failing.Take(start), .. failing.Skip(start + length)];
                if (await failsAsync(rest))
                {
                    shorter = rest;
                }
            }

            if (shorter is not null)
            {
                (failing, parts) = (shorter, Math.Max(parts - 1, 2));
            }
            else if (length == 1)
            {
                break;
            }
            else
            {
                parts = Math.Min(parts * 2, failing.Count);
            }
        }

        return failing;
    }
}
