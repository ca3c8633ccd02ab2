using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Server;

namespace OrleansGallery.SystemTests.Http;

public sealed class EventStreamsTests : IDisposable
{
    private readonly ServiceProvider _services =
        new ServiceCollection().AddMetrics().AddSingleton<ServerInstruments>().BuildServiceProvider();

    [Fact]
    public void Open_OneKey_LeavesThreeQuartersToOthers()
    {
        EventStreams streams = Allow(8);
        IDisposable first = streams.Open("one");
        using IDisposable second = streams.Open("one");
        OverloadedException refused = Assert.Throws<OverloadedException>(() => streams.Open("one"));
        Assert.Contains("'one'", refused.Message, StringComparison.Ordinal);
        using IDisposable other = streams.Open("other");

        first.Dispose();
        using IDisposable third = streams.Open("one");
        Assert.Throws<OverloadedException>(() => streams.Open("one"));
    }

    [Fact]
    public void Open_NoKeysAreAskedFor_AsManyAsMayBe()
    {
        EventStreams streams = Allow(3);
        List<IDisposable> open = [.. Enumerable.Range(0, 3).Select(_ => streams.Open(null))];
        Assert.Throws<OverloadedException>(() => streams.Open(null));
        open.ForEach(stream => stream.Dispose());
        streams.Open("one").Dispose();
        Assert.Throws<OverloadedException>(() => Allow(0).Open(null));
    }

    public void Dispose() => _services.Dispose();

    private EventStreams Allow(int most) => new(
        Options.Create(new ServerOptions { MaxEventStreams = most }),
        _services.GetRequiredService<ServerInstruments>());
}
