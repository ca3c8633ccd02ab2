using OrleansGallery.Imaging;

namespace OrleansGallery.UnitTests.Imaging;

/// <summary>
/// Decodes on a thread of its own, so that a decode that never returns fails a test instead of holding it up. The
/// thread is a background one: it ends with the process.
/// </summary>
internal sealed class DeadlineDecoder : IDisposable
{
    private readonly IImageDecoder _decoder;
    private readonly SemaphoreSlim _asked = new(0);
    private readonly SemaphoreSlim _answered = new(0);
    private byte[]? _file;
    private PixelImage? _image;
    private Exception? _failure;

    public DeadlineDecoder(ImagingOptions options)
    {
        _decoder = ImageDecoders.Create(options);
        new Thread(Run) { IsBackground = true, Name = nameof(DeadlineDecoder) }.Start();
    }

    /// <summary>Whether the file was decoded; refused is as good, anything else fails the test.</summary>
    public bool TryDecode(byte[] file, TimeSpan deadline, string name)
    {
        (_file, _image, _failure) = (file, null, null);
        _asked.Release();
        Assert.True(
            _answered.Wait(deadline),
            $"{name} had no answer after {deadline.TotalSeconds} s: {Convert.ToBase64String(file)}");
        if (_failure is not (null or ImageException))
        {
            Assert.Fail($"{name} threw {_failure}: {Convert.ToBase64String(file)}");
        }

        return _image is not null;
    }

    public void Dispose()
    {
        _file = null;
        _asked.Release();
    }

    private void Run()
    {
        while (true)
        {
            _asked.Wait();
            if (_file is null)
            {
                return;
            }

            try
            {
                _image = _decoder.Decode(_file);
            }
            catch (Exception failure)
            {
                _failure = failure;
            }

            _answered.Release();
        }
    }
}
