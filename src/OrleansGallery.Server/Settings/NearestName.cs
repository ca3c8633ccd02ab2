namespace OrleansGallery.Server;

/// <summary>Which known name somebody may have meant.</summary>
internal static class NearestName
{
    /// <summary>The nearest one where it is near, else all of them.</summary>
    public static string Suggest(string name, IReadOnlyList<string> known)
    {
        (string nearest, int distance) = known.Select(other => (other, Distance(name, other)))
            .MinBy(candidate => candidate.Item2);
        return distance <= Math.Max(2, name.Length / 3)
            ? $"did you mean '{nearest}'?"
            : $"there are {string.Join(", ", known)}.";
    }

    // Levenshtein: insertions, deletions and replacements of letters, whatever their case.
    private static int Distance(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 1; i <= one.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int replaced = diagonal
                    + (char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
