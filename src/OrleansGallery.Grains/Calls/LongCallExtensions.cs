using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>Ends the calls of clients that a lost silo will not answer.</summary>
public static class LongCallExtensions
{
    /// <summary>A call of this client whose silo or gateway is lost is answered, or ends with a
    /// <see cref="RetryException"/>, within seconds of the cluster's knowing.</summary>
    /// <param name="client">The client; its silos have the gallery's grains.</param>
    /// <returns>The client.</returns>
    public static IClientBuilder WatchLongCalls(this IClientBuilder client)
    {
        ArgumentNullException.ThrowIfNull(client);
        client.Services.TryAddSingleton(TimeProvider.System);
        return client.AddOutgoingGrainCallFilter<LongCallWatch>();
    }

    /// <summary>Answers those who ask after their calls.</summary>
    internal static void AddLongCalls(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<RunningCalls>();
        silo.AddIncomingGrainCallFilter<RunningCallsFilter>();
        silo.AddGrainExtension<ILongCalls, LongCalls>();
    }
}
