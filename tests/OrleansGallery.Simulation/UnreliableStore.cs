using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.Simulation;

/// <summary>A silo's handle on the store, with the faults that are armed.</summary>
/// <param name="inner">The store.</param>
/// <param name="faults">The faults, of all silos together.</param>
internal sealed class UnreliableStore(IGalleryStore inner, ArmedFaults faults) : ForwardingStore(inner)
{
    public override Task<IReadOnlyList<bool>> CommitAsync(IReadOnlyList<PartitionWrite> writes) =>
        faults.CommitAsync(writes.Select(write => write.Held.Key.Gallery), () => base.CommitAsync(writes));

    public override Task<bool> CommitJointAsync(JointWrite write) =>
        faults.CommitAsync(write.Shares.Select(share => share.Held.Key.Gallery), () => base.CommitJointAsync(write));

    public override Task<bool> CommitErasureAsync(ErasureWrite write) =>
        faults.CommitAsync([write.Share.Held.Key.Gallery], () => base.CommitErasureAsync(write));
}
