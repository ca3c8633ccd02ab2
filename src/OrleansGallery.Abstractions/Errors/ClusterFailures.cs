using Orleans.Runtime.Messaging;

namespace OrleansGallery.Abstractions;

/// <summary>
/// What Orleans and the runtime throw where a cluster is in motion, in our own words: a silo that is gone, a call that
/// was not answered, a process that stops. All of it passes.
/// </summary>
public static class ClusterFailures
{
    /// <summary>Reads an exception.</summary>
    /// <param name="exception">Any exception.</param>
    /// <returns>Itself where it is one of ours; the one that stands for it; or null: it is no state of a cluster.
    /// </returns>
    public static GalleryException? Translate(Exception exception) => exception switch
    {
        GalleryException own => own,
        OrleansMessageRejectionException or SiloUnavailableException or GatewayTooBusyException
            or ClientNotAvailableException or ConnectionFailedException =>
            new RetryException("The silo that has to answer is not reachable; send the request again."),
        TimeoutException =>
            new RetryException("No answer in time; whether the request was carried out is unknown. Send it again."),
        OperationCanceledException =>
            new RetryException("The request was given up before it was carried out; send it again."),
        // What Orleans has no type of its own for: no silo is active where a grain is to be placed, above all. That
        // none has a role is said by whoever knows the roles.
        OrleansException when exception.GetType() == typeof(OrleansException) =>
            new RetryException("The cluster cannot carry out the request now; send it again."),
        ObjectDisposedException => new RetryException("The service is shutting down; send the request again."),
        _ => null,
    };
}
