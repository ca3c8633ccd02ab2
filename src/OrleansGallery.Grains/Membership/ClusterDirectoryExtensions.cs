using Orleans.Configuration;

namespace OrleansGallery.Grains;

/// <summary>The grain directory of silos that come and go.</summary>
public static class ClusterDirectoryExtensions
{
    /// <summary>
    /// The distributed directory: when a silo is lost, grains on the others stay, where Orleans' default one drops
    /// those whose entries were on the lost silo.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <returns>The silo.</returns>
    public static ISiloBuilder UseClusterDirectory(this ISiloBuilder silo)
    {
        ArgumentNullException.ThrowIfNull(silo);

        // A lease keeps a lost silo's grains from starting elsewhere while it may still run, with the default for 26
        // seconds. Here a partition's owner in the store keeps what such a silo does from counting, so nothing waits.
        silo.Configure<GrainDirectoryOptions>(options => options.RangeLeaseDuration = TimeSpan.Zero);
#pragma warning disable ORLEANSEXP003 // Measured, and one line to take back.
        return silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
    }
}
