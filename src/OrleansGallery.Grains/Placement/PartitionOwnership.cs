using System.Collections.Concurrent;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

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

    /// <summary>Remembers who runs now. The first of several silos that start together is asked for everything: what it
    /// has not come to when the others are there is theirs to load.</summary>
    /// <param name="key">A partition that waits in line here.</param>
    /// <param name="partitions">How many partitions its gallery has.</param>
    /// <param name="self">This silo.</param>
    /// <returns>To be called when its turn has come; throws <see cref="RetryException"/> where somebody has come or
    /// gone since, and the partition belongs to another silo by now.</returns>
    public Action WatchFor(PartitionKey key, int partitions, SiloAddress self)
    {
        SiloRoster.Page page = roster.Current;
        return () =>
        {
            if (!ReferenceEquals(roster.Current, page)
                && OwnersOf(key.Gallery, partitions) is { Count: > 0 } owners && !owners[key.Partition].Equals(self))
            {
                throw new RetryException(
                    $"Partition {key.Partition} of gallery number {key.Gallery} belongs to another silo by now.");
            }
        };
    }

    private sealed class Answers(SiloRoster.Page? page)
    {
        public SiloRoster.Page? Page => page;

        public ConcurrentDictionary<(long Gallery, int Partitions), SiloAddress[]> Known { get; } = new();
    }
}
