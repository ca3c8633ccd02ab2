using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Imaging;
using OrleansGallery.Server;

namespace OrleansGallery.SystemTests.Intake;

public sealed class DecodingPoolTests
{
    [Fact]
    public async Task DecodeAsync_CallerIsGone_EndsThoughNoThreadIsFree()
    {
        using BlockingDecoder decoder = new();
        using DecodingPool pool = new(decoder, Options.Create(new ServerOptions { DecodingThreads = 1 }));
        Task<DecodedImage> first = DecodeAsync(pool, CancellationToken.None);
        await decoder.Begun.WaitAsync(TestContext.Current.CancellationToken);
        using CancellationTokenSource gone = new();
        Task<DecodedImage> second = DecodeAsync(pool, gone.Token);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => second.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.False(first.IsCompleted);
        decoder.Release.Set();
        Assert.Equal(4, (await first).Pixels.Width);
    }

    private static Task<DecodedImage> DecodeAsync(DecodingPool pool, CancellationToken cancellationToken) =>
        pool.DecodeAsync(
            new byte[1],
            new ModelSummary { Id = "m", Dimension = 2, InputHeight = 4, InputWidth = 4 },
            default,
            thumbnail: false,
            EmbeddingPriority.Interactive,
            cancellationToken);

    private sealed class BlockingDecoder : IImageDecoder, IDisposable
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ManualResetEventSlim Release { get; } = new();

        public Task Begun => _begun.Task;

        public ImageHeader Inspect(ReadOnlyMemory<byte> file) => throw new NotSupportedException();

        public PixelImage Decode(ReadOnlyMemory<byte> file, Transparency transparency)
        {
            _begun.TrySetResult();
            // Not for ever: a test that fails must end.
            Release.Wait(TimeSpan.FromMinutes(1));
            return new PixelImage(4, 4, new byte[4 * 4 * 3]);
        }

        public void Dispose() => Release.Dispose();
    }
}
