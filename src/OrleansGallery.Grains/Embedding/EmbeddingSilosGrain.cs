using Orleans.Concurrency;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>Answers from the membership as this silo knows it. Reentrant: it has no state.</summary>
[GrainType("gallery.embedding-silos"), StatelessWorker, Reentrant]
internal sealed class EmbeddingSilosGrain(SiloRoster roster) : Grain, IEmbeddingSilosGrain
{
    /// <inheritdoc />
    public Task<IReadOnlyList<EmbeddingSilo>> ListAsync()
    {
        SiloRoster.Page page = roster.Current;
        return Task.FromResult<IReadOnlyList<EmbeddingSilo>>(
        [
            .. page.Members
                .Where(member => page.HasRole(member.SiloAddress, SiloRoles.Embedding)
                    && member.Status is not SiloStatus.Dead and not SiloStatus.Joining and not SiloStatus.Created)
                .Select(member => new EmbeddingSilo
                {
                    Address = member.SiloAddress,
                    Name = page.NameOf(member.SiloAddress)!.Name,
                    IsActive = member.Status == SiloStatus.Active,
                }),
        ]);
    }
}
