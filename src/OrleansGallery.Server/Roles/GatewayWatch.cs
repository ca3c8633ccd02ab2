using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OrleansGallery.Server;

/// <summary>
/// Keeps a client of silos trying until it finds one, and knows whether it is connected. Silos may start after it, and
/// all of them may restart.
/// </summary>
internal sealed partial class GatewayWatch(IHostApplicationLifetime lifetime, ILogger<GatewayWatch> logger)
    : IReadiness, IClusterConnectionStatusObserver, IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private volatile int _gateways;
    private bool _told;

    /// <inheritdoc />
    public string? Missing => _gateways > 0 && lifetime.ApplicationStarted.IsCancellationRequested
        ? null
        : "This process is connected to no silo.";

    /// <inheritdoc />
    public void NotifyGatewayCountChanged(
        int currentNumberOfGateways, int previousNumberOfGateways, bool connectionRecovered) =>
        _gateways = currentNumberOfGateways;

    /// <inheritdoc />
    public void NotifyClusterConnectionLost() => Log.Lost(logger);

    /// <inheritdoc />
    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (!_told)
        {
            _told = true;
            Log.Waiting(logger, exception.Message);
        }

        await Task.Delay(Pause, cancellationToken);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "No silo to connect to yet; trying on: {Reason}")]
        public static partial void Waiting(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Warning, "The connections to all silos are lost; trying on")]
        public static partial void Lost(ILogger logger);
    }
}
