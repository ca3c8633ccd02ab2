using OrleansGallery.Imaging;

namespace OrleansGallery.Server;

/// <summary>Whether the image library writes and reads a picture.</summary>
internal sealed class ImageCheck(DoctorSubject subject) : IDoctorCheck
{
    private const int Side = 16;

    public string Name => "images";

    public Task RunAsync(DoctorReport report, CancellationToken cancellationToken)
    {
        byte[] file = Thumbnails.Make(new PixelImage(Side, Side, new byte[Side * Side * PixelImage.Channels]));
        ImageDecoders.Create(subject.Read<ImagingOptions>()).Decode(file);
        report.Ok($"{ImageDecoders.Library} writes and reads pictures.");
        return Task.CompletedTask;
    }
}
