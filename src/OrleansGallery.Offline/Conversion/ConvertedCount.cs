namespace OrleansGallery.Offline;

/// <summary>How much a part of a converted data set has.</summary>
/// <param name="Part">The part.</param>
/// <param name="Images">Its images.</param>
/// <param name="Identities">Its identities.</param>
public sealed record ConvertedCount(ConvertedPart Part, int Images, int Identities)
{
    /// <summary>Counts a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="identityOfEach">The identity of each of its images.</param>
    internal static ConvertedCount Of<T>(ConvertedPart part, IEnumerable<T> identityOfEach)
    {
        T[] all = [.. identityOfEach];
        return new ConvertedCount(part, all.Length, all.Distinct().Count());
    }
}
