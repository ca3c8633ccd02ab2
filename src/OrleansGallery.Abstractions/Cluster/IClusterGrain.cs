namespace OrleansGallery.Abstractions;

/// <summary>What the cluster consists of and where everything is. Stateless; key: 0.</summary>
[Alias("gallery.IClusterGrain")]
public interface IClusterGrain : IGrainWithIntegerKey
{
    /// <summary>Asks every gallery silo; one that does not answer within two seconds is listed without its
    /// share.</summary>
    /// <returns>The cluster as it is now.</returns>
    [Alias("Describe"), ResponseTimeout("00:00:10")]
    Task<ClusterSummary> DescribeAsync();
}
