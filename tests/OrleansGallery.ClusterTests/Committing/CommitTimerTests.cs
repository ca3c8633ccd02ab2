using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OrleansGallery.Grains;
using OrleansGallery.Storage;

namespace OrleansGallery.ClusterTests;

public sealed class CommitTimerTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly List<string?> _outcomes = [];
    private readonly CommitTimer _timer;

    public CommitTimerTests()
    {
        GrainsInstruments instruments = new(_services.GetRequiredService<IMeterFactory>());
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == instruments.Meter && instrument.Name == "gallery.commit.duration")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>(
            (_, _, tags, _) => _outcomes.Add(tags[0] is { Key: "gallery.outcome" } tag ? tag.Value as string : null));
        _listener.Start();
        _timer = new CommitTimer(instruments, TimeProvider.System);
    }

    [Theory]
    [InlineData(true, "committed")]
    [InlineData(false, "refused")]
    public async Task Run_AnAnswer_IsMeasuredOnceAndGivenBack(bool written, string outcome)
    {
        Assert.Equal(written, await _timer.RunAsync(1, () => Task.FromResult(written), answer => answer));

        Assert.Equal([outcome], _outcomes);
    }

    [Theory]
    [InlineData("data", "refused")]
    [InlineData("away", "failed")]
    [InlineData("lost", "unknown")]
    [InlineData("defect", "unknown")]
    public async Task Run_AFailure_IsMeasuredOnceAndPasses(string kind, string outcome)
    {
        Exception failure = kind switch
        {
            "data" => new StoreDataException("No."),
            "away" => new StoreAwayException(StoreAwayReason.Full, "No room."),
            "lost" => new StoreAwayException(StoreAwayReason.Unreachable, "Gone.") { IsOutcomeUnknown = true },
            _ => new InvalidOperationException("Wrong."),
        };

        Assert.Same(failure, await Record.ExceptionAsync(
            () => _timer.RunAsync(1, () => Task.FromException<bool>(failure), answer => answer)));

        Assert.Equal([outcome], _outcomes);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }
}
