using System.Collections.Concurrent;

namespace OrleansGallery.Grains;

/// <summary>Where the partitions of each gallery belong among the silos that run now; computed once per gallery and
/// version of the membership.</summary>
/// <param name="roster">Who is running.</param>
internal sealed class PartitionOwnership(SiloRoster roster)
{
    private volatile Answers _answers = new(null);

    /// <summary>The owner of each partition.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="partitions">How many partitions it has.</param>
    /// <returns>One silo each; none at all while no gallery silo runs.</returns>
    public IReadOnlyList<SiloAddress> OwnersOf(long gallery, int partitions)
    {
        SiloRoster.Page page = roster.Current;
        Answers answers = _answers;
        if (answers.Page != page)
        {
            _answers = answers = new Answers(page);
        }

        return page.Owners.Count == 0
            ? []
            : answers.Known.GetOrAdd((gallery, partitions), _ => PartitionOwners.Assign(
                gallery, partitions, page.Owners));
    }

    private sealed class Answers(SiloRoster.Page? page)
    {
        public SiloRoster.Page? Page => page;

        public ConcurrentDictionary<(long Gallery, int Partitions), SiloAddress[]> Known { get; } = new();
    }
}
